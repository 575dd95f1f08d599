"""Lines of invoices: exact until the line, rounded there once; tax per invoice and rate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """
    A line of an invoice: `subject` is the airport, or in France the subscription.

    `month` is the one of the service; `item` names a device; `count` is the number of events
    behind `quantity`; `net` and `tax` are in cents, `rate` in percent.
    """

    seller: str
    issued_on: date
    customer: str
    subject: str
    month: str
    charge: str
    item: str = ""
    quantity: Decimal = Decimal(1)
    count: int = 0
    net: int = 0
    rate: str = "0"
    tax: int = 0

    @property
    def invoice(self) -> tuple[str, date, str]:
        return self.seller, self.issued_on, self.customer


def run_days(first_on: date, last_on: date) -> Iterator[date]:
    """Yield the first of each month: the days on which invoices are issued."""
    day = first_on
    while day <= last_on:
        yield day
        day = _month_after(day)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def month_before(day: date) -> str:
    return month_of(day.replace(day=1) - timedelta(days=1))


def bounds(month: str) -> tuple[date, date]:
    """Return the first day of a month and the first day after it."""
    first_on = date.fromisoformat(f"{month}-01")
    return first_on, _month_after(first_on)


def share(start_on: date, end_on: date, month: str) -> Fraction:
    """Return the part of the month's days from `start_on` up to, but not including, `end_on`."""
    first_on, after = bounds(month)
    return Fraction((end_on - start_on).days, (after - first_on).days)


def cents(exact: Fraction) -> int:
    return whole(exact * 100)


def whole(exact: Fraction) -> int:
    """Round half away from zero."""
    size = abs(exact) + Fraction(1, 2)
    return (size.numerator // size.denominator) * (-1 if exact < 0 else 1)


def with_tax(lines: Sequence[Line]) -> list[Line]:
    """Tax each invoice per rate on the summed base; show it per line by largest remainder."""
    members: dict[tuple[str, date, str, str], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        members[*line.invoice, line.rate].append(index)
    taxed = list(lines)
    for indexes in members.values():
        taxes = _shares(
            [Fraction(lines[at].net) * Fraction(lines[at].rate) / 100 for at in indexes]
        )
        for at, tax in zip(indexes, taxes, strict=True):
            taxed[at] = replace(lines[at], tax=tax)
    return taxed


def _shares(exact: Sequence[Fraction]) -> list[int]:
    """
    Round amounts so that they add up to their rounded sum (SEMANTICS R2).

    Charges alone are split here: the demo's credits would have to be split apart.
    """
    shares = [amount.numerator // amount.denominator for amount in exact]
    missing = whole(sum(exact, Fraction(0))) - sum(shares)
    by_rest = sorted(range(len(exact)), key=lambda at: shares[at] - exact[at])
    for at in by_rest[:missing]:
        shares[at] += 1
    return shares


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
