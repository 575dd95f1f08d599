"""Publish: register records are copied to S3, so that a restore can roll the register forward."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.canonical import canonical
from solde.domain.invoicing.draft import KINDS
from solde.domain.invoicing.envelope import series
from solde.domain.invoicing.parties import Entity
from solde.domain.periods import day_of
from solde.ports.runs import RegisterRecord, Run
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.files import JSON
from solde.workflows.bill_run.seal import record_document

ONE_DAY = timedelta(days=1)


def publish_register(run_id: str, context: BillRunContext) -> Run:
    """Copy what the run took, before any of its documents is issued."""
    run = context.runs.run(run_id)
    for taken in run.ranges:
        publish(taken.series, taken.first, context)
    return run


def publish_last(at: datetime, context: BillRunContext) -> None:
    """Copy the last record of every series: a single issue may have died before its copy."""
    for entity in context.entities.all():
        for name in _series_lately(entity, at):
            last = context.runs.head(name).last
            if last:
                publish(name, last, context)


def publish(name: str, number: int, context: BillRunContext) -> None:
    """
    Copy the record of a number, and before it those of the series that have no copy.

    Oldest first: where a copy is, all before it have theirs, whoever dies in between.
    """
    missing: list[RegisterRecord] = []
    while number:
        record = context.runs.record(name, number)
        if record is None:
            raise NotFoundError(f"register: expected {name} {number}, found nothing")
        if context.objects.get(register_key(record)) is not None:
            break
        missing.append(record)
        number = record.first - 1
    for record in reversed(missing):
        context.objects.put_new(register_key(record), register_body(record), content_type=JSON)


def register_key(record: RegisterRecord) -> str:
    return f"register/{record.series}/{record.first:012d}.json"


def register_body(record: RegisterRecord) -> bytes:
    return canonical({**record_document(record), "hash": record.hash})


def _series_lately(entity: Entity, at: datetime) -> Iterator[str]:
    """Name the series of today, and of yesterday should the fiscal year be new."""
    today = day_of(at, entity.time_zone)
    for kind in KINDS:
        yield from {series(entity, kind, day) for day in (today, today - ONE_DAY)}
