"""When an invoice is to be paid: terms, and a payment in several parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding
from solde.domain.periods import month_after


class TermsKind(Enum):
    NET_DAYS = "net_days"
    END_OF_MONTH = "end_of_month_plus_days"
    DAY_OF_MONTH = "day_of_month"


@dataclass(frozen=True, slots=True)
class Terms:
    """
    NET_DAYS: `days` after the issue. END_OF_MONTH: `days` after the end of the month of issue.

    DAY_OF_MONTH: the next `day` of a month, of the month after that where the issue lies after
    `cut_off_day`; a day that a month has not is its last.
    """

    kind: TermsKind = TermsKind.NET_DAYS
    days: int = 0
    day: int = 0
    cut_off_day: int = 0

    def __post_init__(self) -> None:
        last = 31
        if self.days < 0 or not 0 <= self.day <= last or not 0 <= self.cut_off_day <= last:
            raise InvalidError(f"terms: expected days >= 0 and days of a month, found {self}")

    def due_on(self, issued_on: date) -> date:
        """Return the last day on which payment is in time."""
        match self.kind:
            case TermsKind.NET_DAYS:
                return issued_on + timedelta(days=self.days)
            case TermsKind.END_OF_MONTH:
                end = month_after(issued_on.replace(day=1), 0, last_day=True)
                return end + timedelta(days=self.days)
            case TermsKind.DAY_OF_MONTH:
                return self._day_of_month(issued_on)

    def _day_of_month(self, issued_on: date) -> date:
        first = issued_on.replace(day=1)
        months = 1 if self.cut_off_day and issued_on.day > self.cut_off_day else 0
        found = _on_day(month_after(first, months), self.day)
        return found if found >= issued_on else _on_day(month_after(first, months + 1), self.day)


def _on_day(month: date, day: int) -> date:
    return month.replace(day=min(day, month_after(month, 0, last_day=True).day))


class PartKind(Enum):
    FIXED = "fixed"
    PERCENT_OF_TOTAL = "percent_of_total"
    PERCENT_OF_REMAINDER = "percent_of_remainder"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Part:
    """
    One payment of several: its amount, and its day from months, then day of month, then days.

    `amount` is of FIXED, `percent` of the percentages.
    """

    kind: PartKind
    amount: Money | None = None
    percent: Decimal = Decimal(0)
    months: int = 0
    set_day: int = 0
    days: int = 0

    def on(self, day: date) -> date:
        moved = month_after(day, self.months)
        if self.set_day:
            moved = _on_day(moved.replace(day=1), self.set_day)
        return moved + timedelta(days=self.days)


def installments(
    total: Money, issued_on: date, parts: Sequence[Part]
) -> tuple[tuple[date, Money], ...]:
    """
    Cut an amount into dated parts that sum to it.

    Raises:
        InvalidError: the parts ask for less or more than the whole.

    """
    left, dated = total, []
    for part in parts:
        amount = _amount(part, total, left)
        left -= amount
        dated.append((part.on(issued_on), amount))
    if left.minor:
        raise InvalidError(f"installments: expected {total.major} in all, {left.major} are left")
    return tuple(dated)


def _amount(part: Part, total: Money, left: Money) -> Money:
    match part.kind:
        case PartKind.FIXED if part.amount is not None:
            return part.amount
        case PartKind.PERCENT_OF_TOTAL:
            return total.share(Fraction(part.percent) / 100, Rounding.HALF_AWAY)
        case PartKind.PERCENT_OF_REMAINDER:
            return left.share(Fraction(part.percent) / 100, Rounding.HALF_AWAY)
        case PartKind.REMAINDER:
            return left
        case _:
            raise InvalidError("installments: expected an amount for a fixed part, found none")
