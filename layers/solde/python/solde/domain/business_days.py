"""Days on which people and banks work, and what to do with a date that is none."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY, MONDAY = 5, 6, 0
MIDDLE = 15
"""The last day of the first half of a month."""


class Roll(Enum):
    """
    Where a date goes that is no business day.

    MODIFIED stays in its month; BIMONTHLY stays in its half of the month (to the 15th, from the
    16th). NEAREST moves Sunday and Monday forward, other days back.
    """

    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    MODIFIED_FOLLOWING_BIMONTHLY = "modified_following_bimonthly"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified_preceding"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Calendar:
    """`weekend` holds weekdays, Monday 0; `is_holiday` may be a rule or a set of dates."""

    is_holiday: Callable[[date], bool]
    weekend: Collection[int] = (SATURDAY, SUNDAY)

    def works_on(self, day: date) -> bool:
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def following(self, day: date) -> date:
        return self._moved(day, ONE_DAY)

    def preceding(self, day: date) -> date:
        return self._moved(day, -ONE_DAY)

    def _moved(self, day: date, step: timedelta) -> date:
        while not self.works_on(day):
            day += step
        return day


def rolled(day: date, roll: Roll, calendar: Calendar) -> date:
    """Return the business day that a date stands for."""
    after, before = calendar.following(day), calendar.preceding(day)
    match roll:
        case Roll.FOLLOWING:
            return after
        case Roll.PRECEDING:
            return before
        case Roll.MODIFIED_FOLLOWING:
            return after if after.month == day.month else before
        case Roll.MODIFIED_PRECEDING:
            return before if before.month == day.month else after
        case Roll.MODIFIED_FOLLOWING_BIMONTHLY:
            return after if _half(after) == _half(day) else before
        case Roll.NEAREST:
            return after if day.weekday() in (SUNDAY, MONDAY) else before


def _half(day: date) -> tuple[int, bool]:
    return day.month, day.day > MIDDLE
