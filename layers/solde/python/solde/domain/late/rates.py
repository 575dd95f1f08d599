"""The rate that late interest follows: of the ECB on the first day of each half-year, as known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from solde.domain.errors import InvalidError, StateConflictError

HUNDRED = 100
JULY = 7


class NoRateError(StateConflictError):
    """The reference rate of a half-year is not known: it has to be added first."""

    code = "no_reference_rate"


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """
    The rate of the ECB's main refinancing operations in force on `from_on`, in percent a year.

    It counts for the half-year that begins on that day (Code de commerce L441-10 II).

    Raises:
        InvalidError: no half-year begins on that day, or the rate is none.

    """

    from_on: date
    percent: Decimal
    source: str

    def __post_init__(self) -> None:
        if self.from_on != half_year(self.from_on):
            raise InvalidError(
                f"from_on: expected a 1 January or 1 July, found {self.from_on}",
                pointer="/from_on",
            )
        if not 0 <= self.percent <= HUNDRED:
            raise InvalidError(
                f"percent: expected 0 to {HUNDRED}, found {self.percent}", pointer="/percent"
            )


def half_year(day: date) -> date:
    """Return the first day of the half-year that a day lies in."""
    return date(day.year, JULY if day.month >= JULY else 1, 1)


def next_half_year(day: date) -> date:
    """Return the first day of the half-year after the one that a day lies in."""
    begun = half_year(day)
    return date(begun.year, JULY, 1) if begun.month == 1 else date(begun.year + 1, 1, 1)


def rate_of(day: date, rates: Iterable[ReferenceRate]) -> ReferenceRate:
    """
    Return the rate that counts for a day.

    Raises:
        NoRateError: that of its half-year is not known.

    """
    begun = half_year(day)
    for one in rates:
        if one.from_on == begun:
            return one
    raise NoRateError(
        f"reference rate: expected the one of the half-year from {begun} to be known, found none"
    )
