"""Publish: the register records of a seal are copied to S3 before any document is issued."""

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.canonical import canonical
from solde.ports.runs import RegisterRecord, Run
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.files import JSON
from solde.workflows.bill_run.seal import record_document


def publish_register(run_id: str, context: BillRunContext) -> Run:
    """
    Copy what the run took, and the record before it, whose single issue may have lost its copy.

    A copy that is there already is left as it is.
    """
    run = context.runs.run(run_id)
    for taken in run.ranges:
        publish(taken.series, taken.first, context)
        if taken.first > 1:
            publish(taken.series, taken.first - 1, context)
    return run


def publish(series: str, number: int, context: BillRunContext) -> None:
    record = context.runs.record(series, number)
    if record is None:
        raise NotFoundError(f"register: expected {series} {number}, found nothing")
    context.objects.put_new(register_key(record), register_body(record), content_type=JSON)


def register_key(record: RegisterRecord) -> str:
    return f"register/{record.series}/{record.first:012d}.json"


def register_body(record: RegisterRecord) -> bytes:
    return canonical({**record_document(record), "hash": record.hash})
