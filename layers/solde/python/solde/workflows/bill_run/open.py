"""Open: one run per entity, target day and attempt; started twice is one run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import StateConflictError
from solde.domain.identity import derived_id
from solde.domain.invoicing.document import ENGINE
from solde.domain.periods import day_of
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.rates import TAXES, taxes_digest


class NotRatedError(StateConflictError):
    """Usage is not rated up to the target day yet: the run must wait."""

    code = "not_rated"
    retryable = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """`further` asks for one more attempt after a run that is over (cancelled, or repaired)."""

    entity: str
    target_on: date
    at: datetime
    further: bool = False
    dry: bool = False


def open_run(wanted: Wanted, context: BillRunContext) -> Run:
    """
    Return the run that answers the wish: the attempt that is open, or the one opened now.

    A dry run bills nobody, so it never stands in the way of a real one.

    Raises:
        NotRatedError: usage up to the target day is not completely rated.

    """
    attempts = context.runs.attempts(wanted.entity, wanted.target_on)
    if answer := _answering(attempts, wanted):
        return answer
    rated_to_on = context.usage.rated_to_on(wanted.entity)
    if rated_to_on is None or rated_to_on < wanted.target_on:
        raise NotRatedError(
            f"run of {wanted.entity}: expected usage rated up to {wanted.target_on}, "
            f"found {rated_to_on or 'none'}"
        )
    attempt = len(attempts) + 1
    run_id = derived_id(
        "run", wanted.entity, wanted.target_on.isoformat(), str(attempt), at=wanted.at
    )
    entity = context.entities.entity(wanted.entity)
    pins = {
        "engine": ENGINE,
        "entity": str(entity.version),
        "catalog": context.catalogs.digest(),
        "rated_to_on": rated_to_on.isoformat(),
        TAXES: taxes_digest(entity, day_of(wanted.at, entity.time_zone)),
    }
    run = context.runs.open(
        Run(
            id=run_id,
            entity=wanted.entity,
            target_on=wanted.target_on,
            attempt=attempt,
            status=RunStatus.PLANNING,
            opened_at=wanted.at,
            pins=pins,
            dry=wanted.dry,
        )
    )
    return open_run(wanted, context) if run.dry and not wanted.dry else run


def _answering(attempts: Sequence[Run], wanted: Wanted) -> Run | None:
    """Return the last attempt, unless a further one is wanted; no dry run answers a real wish."""
    last = next((one for one in reversed(attempts) if wanted.dry or not one.dry), None)
    if last is None or (wanted.further and (last.status.terminal or last.dry)):
        return None
    return last
