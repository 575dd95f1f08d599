"""Release: what a run that is over still holds is let go of."""

from datetime import datetime, timedelta

from solde.ports.runs import Run
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext

SETTLES_AFTER = timedelta(hours=1)
"""Four times as long as AWS lets a function run."""


def release_all(run: Run, context: BillRunContext) -> None:
    """
    Let go of everybody whom the run has selected and still holds.

    A reservation of a run that is over keeps nobody from being billed: it is tidied away.
    """
    for chunk in files.read_or_none(context.objects, files.chunks_key(run.id)) or []:
        for customer_id in context.billing.held(chunk["customers"], run.entity, run.id):
            context.billing.release(customer_id, run.entity, run.id)


def settle(run: Run, at: datetime, context: BillRunContext) -> None:
    """
    Take a run that is over out of the sweep's sight, once no worker can reserve for it any more.

    A worker that was asked to plan before the run went on may reserve afterwards. It tidies up
    itself, unless it dies at that.
    """
    if at - run.planned_until > SETTLES_AFTER:
        release_all(run, context)
        context.runs.settled(run.id)
