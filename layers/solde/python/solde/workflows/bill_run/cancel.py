"""Cancel: before the seal, by compare-and-set; reservations are released afterwards."""

from datetime import datetime

from solde.ports.runs import Run
from solde.workflows.bill_run.approve import wake
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.release import release_all


def cancel_run(run_id: str, at: datetime, context: BillRunContext) -> Run:
    """
    Cancel a run whose numbers are not taken.

    Raises:
        StateConflictError: the run is sealed or closed.

    """
    run = context.runs.cancel(run_id, at=at)
    release_all(run, context)
    wake(run_id, context)
    return run
