"""Close: every number has its document and every customer is accounted for."""

from solde.domain.errors import StateConflictError
from solde.ports.runs import Run, RunStatus
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
        return context.runs.close(run_id)
    return run


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
