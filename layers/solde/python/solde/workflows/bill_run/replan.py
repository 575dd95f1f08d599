"""Replan: a plan whose rates are not those of its day is given up, and made again (R17)."""

from datetime import datetime

from solde.domain.errors import StateConflictError
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.release import release_all


def refuse_seal(run: Run, reason: str, at: datetime, context: BillRunContext) -> Run:
    """Cancel a run that may not take numbers, and plan its day again; somebody may be faster."""
    try:
        run = context.runs.cancel(run.id, at=at, reason=reason)
    except StateConflictError:
        return context.runs.run(run.id)
    release_all(run, context)
    plan_again(run, at, context)
    return run


def plan_again(run: Run, at: datetime, context: BillRunContext) -> None:
    """Open and start the attempt that follows a run whose seal was refused; safe to repeat."""
    last = [one for one in context.runs.attempts(run.entity, run.target_on) if not one.dry][-1]
    if last.id == run.id:
        last = open_run(Wanted(run.entity, run.target_on, at, further=True), context)
    if not last.status.terminal:
        context.engine.start(last.id)


def signed_before(run: Run, context: BillRunContext) -> str:
    """
    Return who has signed these very drafts in an attempt whose seal was refused, or "".

    The plan's digest names its run; what is compared is each customer's drafts.
    """
    earlier = [
        one
        for one in context.runs.attempts(run.entity, run.target_on)
        if one.status is RunStatus.CANCELLED and one.refused and one.approved_by
    ]
    if not earlier or _drafts(earlier[-1], context) != _drafts(run, context):
        return ""
    return earlier[-1].approved_by


def _drafts(run: Run, context: BillRunContext) -> list[tuple[str, str]]:
    return sorted(
        (entry.customer_id, entry.reservation.digest)
        for batch in context.runs.batches(run.id)
        for entry in files.entries(context.objects, run.id, batch.entries_digest)
    )
