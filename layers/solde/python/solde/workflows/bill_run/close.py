"""Close: every number has its document, every customer is accounted for, nothing stays reserved."""

from solde.domain.errors import StateConflictError
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext


class RunIncompleteError(StateConflictError):
    """Sealed documents are missing: issue must run again before the run can close."""

    code = "run_incomplete"
    retryable = True


def close_run(run_id: str, context: BillRunContext) -> Run:
    """
    Close a sealed run.

    Raises:
        RunIncompleteError: a batch is not wholly issued, or customers are unaccounted for.

    """
    run = context.runs.run(run_id)
    if run.status is RunStatus.SEALED:
        _prove(run, context)
        run = context.runs.close(run_id)
    if run.status.terminal:
        release_all(run, context)
    return run


def release_all(run: Run, context: BillRunContext) -> None:
    """Let go of what a run that is over still holds: a zombie's reservation, a cancelled plan's."""
    for chunk in files.read_or_none(context.objects, files.chunks_key(run.id)) or []:
        for customer_id in _may_hold(run, chunk, context):
            context.billing.release(customer_id, run.entity, run.id)
    context.runs.settled(run.id)


def _may_hold(run: Run, chunk: dict[str, object], context: BillRunContext) -> list[str]:
    """After a close only parked customers can still be held; after a cancel, anybody."""
    if run.status is RunStatus.CANCELLED:
        customers = chunk["customers"]
        return [str(one) for one in customers] if isinstance(customers, list) else []
    record = context.runs.batch(run.id, int(str(chunk["batch"])))
    return [one.customer_id for one in record.parked]


def _prove(run: Run, context: BillRunContext) -> None:
    batches = context.runs.batches(run.id)
    missing = [one.number for one in batches if one.issued is None]
    if missing:
        raise RunIncompleteError(f"batches: expected all issued, found {missing} open")
    taken = sum(one.last - one.first + 1 for one in run.ranges)
    issued = sum(one.issued or 0 for one in batches)
    if issued != taken:
        raise RunIncompleteError(f"documents: expected {taken} numbers used, found {issued}")
    seen = sum(one.customers for one in batches)
    if seen != run.due:
        raise RunIncompleteError(f"customers: expected {run.due} due, found {seen}")
