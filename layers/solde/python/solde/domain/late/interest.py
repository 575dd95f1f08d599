"""
Simple interest by day on what is open, each half-year at its own rate, never rounded here (R24).

A day counts from the one after the due date to the day of payment: what is paid on a day bears no
interest from the day after it on. A year has 365 days.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from solde.domain.late.rates import next_half_year
from solde.domain.money import Money
from solde.domain.periods import Period

ONE_DAY = timedelta(days=1)
OF_A_YEAR = Fraction(1, 365 * 100)
"""What one day at one percent is of an amount."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Minor units that settle an invoice from a day on; below zero, what opens it again."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice as far as interest needs it: its gross, and what has settled of it and when."""

    gross: Money
    due_on: date
    settled: Sequence[Settled] = ()

    def open_on(self, day: date) -> int:
        """Return what bears interest on a day: all that was not settled before it."""
        return self.gross.minor - sum(one.minor for one in self.settled if one.on < day)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same amount bears interest at the same rate, in percent a year."""

    days: Period
    base: Money
    percent: Decimal

    @property
    def exact(self) -> Fraction:
        """The interest in major units."""
        rate = Fraction(self.percent) * OF_A_YEAR
        return Fraction(self.base.major) * self.days.days * rate


def stretches(
    owed: Owed, through: date, percent_on: Callable[[date], Decimal]
) -> tuple[Stretch, ...]:
    """Cut the days after the due date up to `through`, included, by amount and by rate."""
    starts = sorted({*_cuts(owed, through)})
    found = []
    for start_on, end_on in pairwise([*starts, through + ONE_DAY]):
        minor = owed.open_on(start_on)
        if minor > 0:
            base = Money(minor, owed.gross.currency)
            found.append(Stretch(Period(start_on, end_on), base, percent_on(start_on)))
    return tuple(found)


def _cuts(owed: Owed, through: date) -> Iterator[date]:
    """Yield the days on which amount or rate may begin."""
    first_on = owed.due_on + ONE_DAY
    if first_on > through:
        return
    yield first_on
    moved = (one.on + ONE_DAY for one in owed.settled)
    yield from (day for day in moved if first_on < day <= through)
    day = next_half_year(first_on)
    while day <= through:
        yield day
        day = next_half_year(day)


def last_late_on(owed: Owed, through: date) -> date | None:
    """Return the last day up to `through` on which something is open and late, None if none is."""
    days = {through, *(one.on for one in owed.settled)}
    late = (day for day in days if owed.due_on < day <= through and owed.open_on(day) > 0)
    return max(late, default=None)


def interest(found: Iterable[Stretch]) -> Fraction:
    """Return the exact interest of all stretches, in major units."""
    return sum((one.exact for one in found), Fraction(0))
