"""Deferred revenue: what is billed now and served later, released month by month (R26)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from solde.domain.invoicing.amounts import counted
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.ledger.entry import Entry, entry
from solde.domain.money import Rounding, rounded
from solde.domain.periods import Period, month_after


@dataclass(frozen=True, slots=True)
class Deferral:
    """`minor` units of revenue for the days of `service`; below zero where they are given back."""

    revenue: str
    deferred: str
    minor: int
    service: Period

    def earned_before(self, day: date) -> int:
        """Return what the days before `day` have earned: net × days ÷ days, rounded (R1 h)."""
        gone = min(max((day - self.service.start_on).days, 0), self.service.days)
        return rounded(Fraction(self.minor * gone, self.service.days), Rounding.HALF_AWAY)


def account_of(line: Mapping[str, Any], issued_on: date) -> str:
    """Return the account that an issued line is booked on: a line served by then is revenue."""
    waits = "deferred" in line and _service(line).end_on > _month_end(issued_on)
    return str(line["deferred" if waits else "account"])


def deferrals_of(document: Mapping[str, Any]) -> tuple[Deferral, ...]:
    """Return what an issued document defers, summed by accounts and days of service."""
    waiting = [line for line in document["lines"] if "deferred" in line]
    if not waiting:
        return ()
    issued_on = date.fromisoformat(document["envelope"]["issued_on"])
    sign = -1 if document["kind"] == CREDIT_NOTE else 1
    sums: Counter[tuple[str, str, Period]] = Counter()
    for line in waiting:
        if (waits := account_of(line, issued_on)) != line["account"]:
            sums[line["account"], waits, _service(line)] += sign * counted(line)
    return tuple(
        Deferral(revenue, deferred, minor, service)
        for (revenue, deferred, service), minor in sorted(
            sums.items(), key=lambda one: (*one[0][:2], one[0][2].start_on, one[0][2].end_on)
        )
        if minor
    )


def entry_of_release(
    currency: str, deferrals: Iterable[Deferral], *, issued_on: date, since: date, until: date
) -> Entry:
    """
    Book what the days before `until` have earned and no close before has released.

    The books were closed up to `since`: of a document issued before that, the days before it are
    released. A later one releases all that is earned, so that a credit given late takes the rest
    that is still deferred first, where it falls on days to come.
    """
    movements: Counter[str] = Counter()
    for one in deferrals:
        released = one.earned_before(since) if issued_on < since else 0
        step = one.earned_before(until) - released
        movements[one.deferred] += step
        movements[one.revenue] -= step
    return entry(currency, movements)


def _service(line: Mapping[str, Any]) -> Period:
    days = line["service"]
    return Period(date.fromisoformat(days["start_on"]), date.fromisoformat(days["end_on"]))


def _month_end(day: date) -> date:
    """Return the first day of the month after."""
    return month_after(day.replace(day=1), 1)
