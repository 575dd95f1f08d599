"""Lateness: whose run is not closed in time, however its trigger was skipped, doubled or late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from solde.domain.periods import day_of
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run.context import BillRunContext

CLOSED_BY_HOUR = 12
"""Of the entity's day: by then the run of that day is closed, or a person is told."""
SEALED_AT_MOST = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lateness:
    """`late` are codes of entities; `parked` counts customers whom the last run could not bill."""

    late: tuple[str, ...]
    parked: int


def lateness(at: datetime, context: BillRunContext) -> Lateness:
    """
    Look whether each entity's run of the last day that ought to be done is closed.

    A run that exists is judged by its status. Where there is none, those who were due before that
    day began ought to have been in it; who fell due on the day itself may have done so after the
    run's hour, and is the next one's.
    """
    late, parked = [], 0
    for entity in context.entities.all():
        today = day_of(at, entity.time_zone)
        over = at.astimezone(ZoneInfo(entity.time_zone)).hour >= CLOSED_BY_HOUR
        day = today if over else today - ONE_DAY
        run = _latest(entity.code, day, context)
        newest = _latest(entity.code, today, context) if day < today else run
        if _late(entity.code, day, run, newest, context):
            late.append(entity.code)
        done = next((one for one in (newest, run) if _closed(one)), None)
        parked += done.counts.get("parked", 0) if done else 0
    return Lateness(tuple(late), parked)


def stuck(runs: Iterable[Run], at: datetime) -> int:
    """Count runs that took their numbers more than an hour ago and are not closed."""
    return sum(
        run.status is RunStatus.SEALED
        and run.sealed_at is not None
        and at - run.sealed_at > SEALED_AT_MOST
        for run in runs
    )


def _late(
    entity: str, day: date, run: Run | None, newest: Run | None, context: BillRunContext
) -> bool:
    if run and not run.status.terminal:
        return True
    if _closed(run) or _closed(newest):
        return False
    due_by = day if run else day - ONE_DAY
    return bool(context.billing.due(entity, due_by))


def _latest(entity: str, day: date, context: BillRunContext) -> Run | None:
    """Return the last attempt; a dry run bills nobody, so it is none."""
    runs = context.runs.attempts(entity, day)
    return next((run for run in reversed(runs) if not run.dry), None)


def _closed(run: Run | None) -> bool:
    return run is not None and run.status is RunStatus.CLOSED
