"""The share of a period that is charged for a part of it: exact, and by a named policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.periods import Period

WHOLE = Fraction(1)
MONTH = 30
"""Days of every month for the policies that say so."""


class Proration(Enum):
    """
    How a part of a period is counted; versioned with the price.

    DAY counts the days of the full, unclipped period. THIRTY_360 is 30E/360 on half-open days, so
    a whole February is a whole month; STRICT counts first and last day, so February has 28 of 30.
    ACTUAL_30 is real days of thirty, at most all. FULL_PERIOD charges any part whole, HALF_MONTH
    what begins in the first half whole and what begins later half, NONE nothing but whole periods,
    so that what begins later is free until the next one.
    """

    DAY = "day"
    THIRTY_360 = "30/360"
    THIRTY_360_STRICT = "30/360 strict"
    ACTUAL_30 = "actual/30"
    HALF_MONTH = "half_month"
    FULL_PERIOD = "full_period"
    NONE = "none"

    @property
    def by_days(self) -> bool:
        """Whether days that are served no more cost nothing, or the beginning alone decides."""
        return self in BY_DAYS

    @property
    def by_start(self) -> bool:
        """Whether shares of parts do not sum to that of the whole, but belong to a beginning."""
        return self in BY_START


BY_DAYS = (Proration.DAY, Proration.THIRTY_360, Proration.THIRTY_360_STRICT, Proration.ACTUAL_30)
BY_START = (
    Proration.THIRTY_360_STRICT,
    Proration.ACTUAL_30,
    Proration.HALF_MONTH,
    Proration.NONE,
)
"""A look through a tuple takes less than the hash of a member of an enumeration."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Days charged, and the days that a whole period is said to have."""

    days: int
    of: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.days, self.of)


def share(policy: Proration, service: Period, whole: Period) -> Fraction:
    """Return the share of `whole` that `service`, which lies in it, is charged."""
    match policy:
        case Proration.DAY:
            return service.share_of(whole)
        case Proration.FULL_PERIOD:
            return WHOLE
        case Proration.NONE:
            return WHOLE if service == whole else Fraction(0)
        case Proration.HALF_MONTH:
            first_half = (service.start_on - whole.start_on).days < whole.days // 2
            return WHOLE if first_half else Fraction(1, 2)
        case _:
            return min(WHOLE, counted(policy, service, whole).share)


def counted(policy: Proration, service: Period, whole: Period) -> DayCount:
    """
    Return the days of a service and those of its period, as a convention counts them.

    By 30/360 a quarter has 90 days, and the days of parts sum to those of the whole.

    Raises:
        InvalidError: the policy does not count days.

    """
    match policy:
        case Proration.DAY:
            return DayCount(service.days, whole.days)
        case Proration.ACTUAL_30:
            return DayCount(service.days, MONTH)
        case Proration.THIRTY_360:
            return DayCount(_thirty(service), _thirty(whole))
        case Proration.THIRTY_360_STRICT:
            return DayCount(_thirty_through(service), MONTH)
        case _:
            raise InvalidError(f"proration: expected a day count, found {policy.value}")


def _thirty(service: Period) -> int:
    first, last = service.start_on, service.end_on
    months = (last.year - first.year) * 12 + last.month - first.month
    return months * MONTH + min(last.day, MONTH) - min(first.day, MONTH)


def _thirty_through(service: Period) -> int:
    first, last = service.start_on, service.last_on
    months = (last.year - first.year) * 12 + last.month - first.month
    return months * MONTH + min(last.day, MONTH) - min(first.day, MONTH) + 1


def share_of_time(served: tuple[datetime, datetime], period: tuple[datetime, datetime]) -> Fraction:
    """
    Return the share of real elapsed time, to the second: aware instants, half-open.

    Raises:
        InvalidError: the period has no time.

    """
    whole = _seconds(period[1] - period[0])
    if whole <= 0:
        raise InvalidError(f"period: expected an end after {period[0]}, found {period[1]}")
    return Fraction(_seconds(served[1] - served[0]), whole)


def _seconds(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds


def months_and_days(months: int, parts: Iterable[DayCount]) -> Fraction:
    """Return whole months and, of each month begun, its days by its own length."""
    return months + sum((part.share for part in parts), Fraction(0))
