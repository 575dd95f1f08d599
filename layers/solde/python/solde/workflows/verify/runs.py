"""Runs and deliveries: everybody due is accounted for, nothing acknowledged lies about."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from solde.domain.invoicing.draft import NOTES
from solde.ports.audit import Stored
from solde.ports.payments import DeliveryStatus
from solde.ports.runs import BatchRecord, RunStatus
from solde.workflows.verify.report import Finding, differing, finding

OPEN_AT_MOST = timedelta(minutes=10)
ENDED = ("sent", "suppressed", "failed", "bounced", "complained")


def runs_complete(stored: Stored) -> Finding:
    """I18: due = issued + skipped + parked, in count and amount."""

    def violations() -> Iterator[str]:
        batches: dict[str, list[BatchRecord]] = defaultdict(list)
        for batch in stored.batches:
            batches[batch.run_id].append(batch)
        gross: dict[str, int] = defaultdict(int)
        documents: dict[str, int] = defaultdict(int)
        for header in stored.headers:
            gross[header.run_id] += header.gross_minor * (-1 if header.kind in NOTES else 1)
            documents[header.run_id] += 1
        for run in stored.runs:
            if run.status is not RunStatus.CLOSED:
                continue
            mine = batches[run.id]
            yield from differing(f"{run.id}: customers", run.due, sum(b.customers for b in mine))
            yield from differing(f"{run.id}: amount", run.counts.get("minor", 0), gross[run.id])
            taken = sum(one.last - one.first + 1 for one in run.ranges)
            yield from differing(f"{run.id}: documents", taken, documents[run.id])

    return finding("I18", "runs account for everybody due", len(stored.runs), violations())


def parked_explained(stored: Stored) -> Finding:
    """I21: who could not be billed is parked with the reason, and keeps up nobody else."""
    parked = [(batch.run_id, one) for batch in stored.batches for one in batch.parked]
    wrong = [
        f"{run_id}: {one.customer_id} is parked without a reason"
        for run_id, one in parked
        if not (one.reason and one.code)
    ]
    return finding("I21", "parked customers have a reason", len(parked), wrong)


def runs_finished(stored: Stored, at: datetime) -> Finding:
    """I17: one record for an entity, day and attempt; each is over, or young, or waits to sign."""

    def violations() -> Iterator[str]:
        seen: dict[tuple[str, str, int], str] = {}
        for run in stored.runs:
            key = (run.entity, run.target_on.isoformat(), run.attempt)
            if key in seen:
                yield f"{run.id}: same entity, day and attempt as {seen[key]}"
            seen[key] = run.id
            unfinished = run.status in (RunStatus.PLANNING, RunStatus.APPROVED, RunStatus.SEALED)
            if unfinished and at - run.opened_at > timedelta(hours=24):
                yield f"{run.id}: {run.status.value} since {run.opened_at.isoformat()}"

    return finding("I17", "every run comes to its end", len(stored.runs), violations())


def deliveries_worked(stored: Stored, at: datetime) -> Finding:
    """I12: each raw delivery is done, open or parked, and none is open for long."""

    def violations() -> Iterator[str]:
        for one in stored.deliveries:
            if one.status is DeliveryStatus.OPEN and at - one.received_at > OPEN_AT_MOST:
                yield f"{one.event_id}: open since {one.received_at.isoformat()}"
            if one.status is DeliveryStatus.PARKED and not one.note:
                yield f"{one.event_id}: parked without a reason"

    return finding("I12", "deliveries are worked", len(stored.deliveries), violations())


def mails_ended(stored: Stored) -> Finding:
    """I22: each issued document has exactly one mail job, and it ended."""

    def violations() -> Iterator[str]:
        jobs: dict[str, list[str]] = defaultdict(list)
        for job in stored.mail_jobs:
            jobs[job.invoice_id].append(job.state)
        for header in stored.headers:
            states = jobs[header.id]
            yield from differing(f"{header.number}: mail jobs", 1, len(states))
            if states and states[0] not in ENDED:
                yield f"{header.number}: its mail is {states[0]!r}"

    return finding("I22", "every document was mailed once", len(stored.headers), violations())
