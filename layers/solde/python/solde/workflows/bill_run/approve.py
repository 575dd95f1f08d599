"""Approve: a person signs the digest of the plan that he was shown; then the engine goes on."""

from solde.domain.errors import StateConflictError
from solde.ports.runs import Run
from solde.workflows.bill_run.context import BillRunContext


def approve_plan(run_id: str, *, plan_digest: str, by: str, context: BillRunContext) -> Run:
    """
    Approve a planned run.

    Raises:
        StateConflictError: the digest is not that of the plan, the run is not planned, or is dry.

    """
    if context.runs.run(run_id).dry:
        raise StateConflictError("run: expected one that bills, found a dry run")
    run = context.runs.approve(run_id, plan_digest=plan_digest, by=by)
    wake(run_id, context)
    return run


def await_approval(run_id: str, task_token: str, context: BillRunContext) -> Run:
    """Keep the token that the engine waits with; answer at once if the approval came first."""
    context.runs.wait_with(run_id, task_token)
    run = context.runs.run(run_id)
    if run.status.value not in ("planning", "planned"):
        wake(run_id, context)
    return run


def wake(run_id: str, context: BillRunContext) -> None:
    """Answer the token, if there is one; the sweep does it again should this be lost."""
    token = context.runs.task_token(run_id)
    if token:
        context.engine.approved(token)
