"""Review: the batches come together as one plan with one digest; no number has been taken."""

from collections import Counter
from collections.abc import Sequence

from solde.domain.errors import StateConflictError
from solde.domain.invoicing.canonical import canonical, digest
from solde.ports.runs import BatchRecord, Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.rates import together
from solde.workflows.bill_run.replan import signed_before


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
    run = context.runs.plan(
        run_id,
        digest=plan_digest(batches),
        counts=_counts(batches),
        converted=together(one.converted for one in batches),
    )
    return _signed(run, context)


def plan_digest(batches: Sequence[BatchRecord]) -> str:
    return digest(canonical({"batches": [one.entries_digest for one in batches]}))


def _signed(run: Run, context: BillRunContext) -> Run:
    """
    Approve by policy, where the entity trusts its plans; the digest is signed all the same.

    Else an approval stays that was given to the same drafts, in an attempt that was not sealed.
    """
    if run.status is not RunStatus.PLANNED or run.dry:
        return run
    automatic = context.entities.entity(run.entity).approval == "automatic"
    by = "policy:automatic" if automatic else signed_before(run, context)
    return context.runs.approve(run.id, plan_digest=run.plan_digest, by=by) if by else run


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
