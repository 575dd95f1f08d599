"""Review: the batches come together as one plan with one digest; no number has been taken."""

from collections import Counter
from collections.abc import Sequence

from solde.domain.errors import StateConflictError
from solde.domain.invoicing.canonical import canonical, digest
from solde.ports.runs import BatchRecord, Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext


class PlanIncompleteError(StateConflictError):
    """A batch has no record yet: its worker must run again before the plan can be shown."""

    code = "plan_incomplete"
    retryable = True


def review_plan(run_id: str, context: BillRunContext) -> Run:
    """
    Move the run to planned, with a digest over all batches in order, and sign it if nobody must.

    Raises:
        PlanIncompleteError: a batch record is missing.

    """
    run = context.runs.run(run_id)
    if run.status is not RunStatus.PLANNING:
        return _signed(run, context)
    batches = context.runs.batches(run_id)
    if len(batches) != run.batches:
        raise PlanIncompleteError(f"batches: expected {run.batches}, found {len(batches)}")
    files.put_once(context.objects, files.batches_key(run_id), _with_ranks(batches))
    run = context.runs.plan(run_id, digest=plan_digest(batches), counts=_counts(batches))
    return _signed(run, context)


def plan_digest(batches: Sequence[BatchRecord]) -> str:
    return digest(canonical({"batches": [one.entries_digest for one in batches]}))


def _signed(run: Run, context: BillRunContext) -> Run:
    """Approve by policy: the entity trusts its plans, and the digest is signed all the same."""
    policy = context.entities.entity(run.entity).approval
    if run.status is not RunStatus.PLANNED or run.dry or policy != "automatic":
        return run
    return context.runs.approve(run.id, plan_digest=run.plan_digest, by="policy:automatic")


def _with_ranks(batches: Sequence[BatchRecord]) -> list[dict[str, object]]:
    """Give each batch the number of documents of each kind that come before its own."""
    before: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    for one in batches:
        rows.append({"run_id": one.run_id, "batch": one.number, "ranks": dict(before)})
        before.update(one.documents)
    return rows


def _counts(batches: Sequence[BatchRecord]) -> dict[str, int]:
    counts: Counter[str] = Counter(customers=0, skipped=0, parked=0, minor=0)
    for one in batches:
        counts.update(one.documents)
        counts.update(one.totals)
        counts["customers"] += one.customers
        counts["skipped"] += one.skipped
        counts["parked"] += len(one.parked)
    return dict(counts)
