"""A trial: days of service that are not charged, and what happens when they are over."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.periods import Unit, month_after


class AfterTrial(Enum):
    """CONTINUE: the first paid phase begins by itself. END: only if somebody converts it."""

    CONTINUE = "continue"
    END = "end"


@dataclass(frozen=True, slots=True)
class Trial:
    """`ends_on` is the first day that is charged."""

    ends_on: date
    then: AfterTrial = AfterTrial.CONTINUE


def trial_end(start_on: date, unit: Unit, count: int) -> date:
    """
    Return the first day after a trial of so many days, weeks or months (R6).

    Raises:
        InvalidError: no such length.

    """
    if count < 1:
        raise InvalidError(f"trial: expected at least 1, found {count}")
    match unit:
        case Unit.DAY:
            return start_on + timedelta(days=count)
        case Unit.WEEK:
            return start_on + timedelta(weeks=count)
        case Unit.MONTH:
            return month_after(start_on, count)
        case _:
            raise InvalidError(f"trial: expected days, weeks or months, found {unit.value}")
