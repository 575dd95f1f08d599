"""Seal: one transaction takes the numbers of all documents of the run, per series."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from solde.domain.errors import StoreUnavailableError
from solde.domain.invoicing.canonical import canonical, digest
from solde.domain.invoicing.draft import KINDS
from solde.domain.invoicing.envelope import Range, series
from solde.domain.invoicing.parties import Entity
from solde.domain.periods import day_of
from solde.ports.runs import Head, RegisterRecord, Run, RunStatus, RunStore
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.rates import moved
from solde.workflows.bill_run.replan import plan_again, refuse_seal

ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Cause:
    """For whom numbers are taken: a run, or a single issue under an id of its own."""

    id: str
    plan_digest: str
    minor: int


def seal_run(run_id: str, at: datetime, context: BillRunContext) -> Run:
    """
    Take gapless numbers, dated the day of the seal and never before the last of the series.

    Sealing again returns the run as it was sealed. A run that was cancelled meanwhile stays so.
    Where the day has another rate of tax or exchange than the plan, it is cancelled and planned
    again.

    Raises:
        StoreUnavailableError: other seals were faster, again and again.

    """
    for _ in range(ATTEMPTS):
        run = context.runs.run(run_id)
        if run.status is RunStatus.CANCELLED and run.refused:
            plan_again(run, at, context)
        if run.status is not RunStatus.APPROVED:
            return run
        entity = context.entities.entity(run.entity)
        cause = Cause(run.id, run.plan_digest, run.counts.get("minor", 0))
        heads, records = take_numbers(entity, run.counts, at=at, cause=cause, runs=context.runs)
        issued_on = max((one.issued_on for one in records), default=None)
        if issued_on and (reason := moved(run, entity, issued_on, context)):
            return refuse_seal(run, reason, at, context)
        ranges = tuple(
            Range(one.series, one.kind, one.first, one.last, one.issued_on, one.sealed_at)
            for one in records
        )
        sealed = context.runs.seal(
            replace(run, sealed_at=at, ranges=ranges), records=records, heads=heads
        )
        if sealed is not None:
            return sealed
    raise StoreUnavailableError(f"run {run_id}: {ATTEMPTS} seals were overtaken")


def take_numbers(
    entity: Entity, documents: Mapping[str, int], *, at: datetime, cause: Cause, runs: RunStore
) -> tuple[list[Head], list[RegisterRecord]]:
    """Compute the next record of each series that documents are wanted in; nothing is written."""
    today = day_of(at, entity.time_zone)
    heads: list[Head] = []
    records: list[RegisterRecord] = []
    for kind in KINDS:
        wanted = documents.get(kind, 0)
        if not wanted:
            continue
        head = runs.head(series(entity, kind, today))
        issued_on = max(today, head.last_on or today)
        heads.append(head)
        records.append(next_record(head, kind, wanted, issued_on=issued_on, at=at, cause=cause))
    return heads, records


def next_record(
    head: Head, kind: str, documents: int, *, issued_on: date, at: datetime, cause: Cause
) -> RegisterRecord:
    """Append to a series: the hash chains what the record says to everything before it."""
    record = RegisterRecord(
        series=head.series,
        kind=kind,
        first=head.last + 1,
        last=head.last + documents,
        issued_on=issued_on,
        sealed_at=at,
        run_id=cause.id,
        plan_digest=cause.plan_digest,
        totals={"minor": cause.minor},
        previous_hash=head.hash,
        hash="",
    )
    return replace(record, hash=digest(canonical(record_document(record))))


def record_document(record: RegisterRecord) -> Mapping[str, object]:
    """Return what a record says, without its own hash: the form that is hashed and copied."""
    return {
        "schema": 1,
        "series": record.series,
        "kind": record.kind,
        "first": record.first,
        "last": record.last,
        "issued_on": record.issued_on.isoformat(),
        "sealed_at": record.sealed_at.isoformat(),
        "run": record.run_id,
        "plan_digest": record.plan_digest,
        "totals": dict(record.totals),
        "previous": record.previous_hash,
    }
