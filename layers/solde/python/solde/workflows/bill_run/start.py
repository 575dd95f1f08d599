"""Start: look which entities have something due today, and open a run for each that has."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from solde.domain.periods import day_of
from solde.ports.runs import Run
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.open import Wanted, open_run


def start_due_runs(at: datetime, context: BillRunContext) -> Sequence[Run]:
    """
    Open and start a run per entity with customers due on its local day; safe to repeat.

    Where the entity gives usage some hours of grace, a day is due when they are over; what arrives
    meanwhile is rated before, and documents are issued on the day of the run (R7).
    """
    started = []
    for entity in context.entities.all():
        target_on = day_of(at - timedelta(hours=entity.grace_hours), entity.time_zone)
        if context.billing.due(entity.code, target_on):
            run = open_run(Wanted(entity.code, target_on, at), context)
            context.engine.start(run.id)
            started.append(run)
    return started
