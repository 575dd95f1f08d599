"""From the days of a period to the quantity that is priced: the place that rounds it (R1 a)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from solde.domain.catalog import Aggregation, Meter
from solde.domain.errors import InvalidError, SoldeError
from solde.domain.money import rounded_to
from solde.domain.periods import Period, starts_at
from solde.domain.pricing import Quantity
from solde.domain.usage.additive import Sum
from solde.domain.usage.day_state import DayState
from solde.domain.usage.distinct import Unique
from solde.domain.usage.event import EPOCH, MICROSECOND
from solde.domain.usage.exact import EXACT
from solde.domain.usage.extreme import Max
from solde.domain.usage.gauge import Area
from solde.domain.usage.log import Latest
from solde.domain.usage.partial import Dimensions, Settled
from solde.domain.usage.single import Fields, Rows

Days = Mapping[date, DayState]
Dated = tuple[date, DayState]


class Sums(NamedTuple):
    """
    Days in their order that are one sum each, column by column: the usage of most meters.

    `events` and `totals` are numbers as they are written.
    """

    dated: str
    """Each day in ISO form and the text of its state, of which the digest is taken."""
    events: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()

    def plus(self, more: "Sums") -> "Sums":
        return Sums(self.dated + more.dated, self.events + more.events, self.totals + more.totals)


class NegativeUsageError(SoldeError):
    """A period came to less than nothing, by a meter that is not signed (R7)."""

    code = "negative_usage"


def quantity(
    meter: Meter, days: Days, period: Period, *, zone_name: str, whole: Period | None = None
) -> tuple[Quantity, int, str]:
    """
    Return the rounded quantity of a period, how many events it holds, and its inputs' digest.

    Days before the period tell the meters that carry what stood when it began; they weigh by the
    time of `whole`, where the period is only the first part of it. The digest is one of content,
    not of generations: usage that was rated twice is still the same usage.

    Raises:
        NegativeUsageError: below zero, by a meter that is not signed.

    """
    first_on, end_on = period.start_on, period.end_on
    inside = [(day, days[day]) for day in sorted(days) if first_on <= day < end_on]
    parts = [cell for _, state in inside for cell in state.cells.values()]
    if meter.carries:
        weighed = _averages if meter.aggregation is Aggregation.TIME_WEIGHTED else _standing
        averages = weighed(days, period, zone_name, whole or period)
        total = sum(averages.values(), Fraction(0))
    else:
        averages = {}
        total = _folded(meter, parts)
    cells = {}
    if meter.dimensions:
        cells = averages or {one: _folded(meter, mine) for one, mine in _by_cell(inside).items()}
    if not meter.signed and (least := min([total, *cells.values()])) < 0:
        raise _negative(meter, period, _rounded(meter, least))
    count = sum([one.events for one in parts])
    return (
        Quantity(
            _rounded(meter, total),
            tuple((one, _rounded(meter, cells[one])) for one in sorted(cells)),
            _singles(parts) if meter.fields else (),
            count,
        ),
        count,
        _inputs(_before(days, first_on) + inside if meter.carries else inside),
    )


def _negative(meter: Meter, period: Period, found: Decimal) -> NegativeUsageError:
    return NegativeUsageError(
        f"meter {meter.code}: expected usage >= 0 from {period.start_on} to {period.last_on}, "
        f"found {found.normalize():f}"
    )


def sums_are_enough(meter: Meter) -> bool:
    """Tell whether a meter asks no more of its days than their sums."""
    return meter.aggregation is Aggregation.SUM and not (
        meter.dimensions or meter.fields or meter.carries
    )


def quantity_of_sums(meter: Meter, sums: Sums, period: Period) -> tuple[Quantity, int, str]:
    """
    Return what `quantity` returns, of days that are sums and a meter for which these are enough.

    Raises:
        NegativeUsageError: below zero, by a meter that is not signed.

    """
    total = _added(sums.totals)
    if total < 0 and not meter.signed:
        raise _negative(meter, period, _rounded(meter, total))
    count = sum(map(int, sums.events))
    rounded = _rounded(meter, total)
    return Quantity(rounded, count=count), count, _digest(sums.dated)


def _added(numbers: Sequence[str]) -> Decimal:
    """Add numbers as they are written: nearly all are whole, which is added in half the time."""
    try:
        return Decimal(sum(map(int, numbers)))
    except ValueError:
        return reduce(EXACT.add, map(Decimal, numbers), Decimal(0))


def _singles(parts: Sequence[Settled]) -> tuple[Fields, ...]:
    """Return the single events of the days, in order of time."""
    return tuple([row for one in parts if isinstance(one, Rows) for row in one.rows])


def _rounded(meter: Meter, exact: Fraction | Decimal) -> Decimal:
    return rounded_to(exact, meter.decimals, meter.rounding)


def _by_cell(inside: Sequence[Dated]) -> dict[Dimensions, list[Settled]]:
    found: dict[Dimensions, list[Settled]] = {}
    for _, state in inside:
        for values, cell in state.cells.items():
            found.setdefault(values, []).append(cell)
    return found


def _folded(meter: Meter, parts: Sequence[Settled]) -> Fraction:
    """Fold the days of a period, all cells or those of one; nothing used is zero."""
    if not parts:
        return Fraction(0)
    match meter.aggregation:
        case Aggregation.COUNT:
            return Fraction(sum(one.events for one in parts))
        case Aggregation.SUM:
            totals = [one.total for one in parts if isinstance(one, Sum | Rows)]
            return Fraction(reduce(EXACT.add, totals))
        case Aggregation.MAX:
            return Fraction(max(one.largest for one in parts if isinstance(one, Max)))
        case Aggregation.LATEST:
            return Fraction(max(one.last for one in parts if isinstance(one, Latest))[2])
        case Aggregation.UNIQUE:
            members = [one.members for one in parts if isinstance(one, Unique)]
            return Fraction(len(set().union(*members)))
        case Aggregation.TIME_WEIGHTED:
            raise InvalidError(f"meter {meter.code}: an average is no fold of days")


def _averages(
    days: Days, period: Period, zone_name: str, whole: Period
) -> dict[Dimensions, Fraction]:
    """Average each cell over the elapsed time of the whole, whatever its days' lengths."""
    start_us = (starts_at(period.start_on, zone_name) - EPOCH) // MICROSECOND
    end_us = (starts_at(period.end_on, zone_name) - EPOCH) // MICROSECOND
    whole_us = (starts_at(whole.end_on, zone_name) - EPOCH) // MICROSECOND - start_us
    found = {}
    for values in {values for state in days.values() for values in state.cells}:
        area, held, since_us = Decimal(0), Decimal(0), start_us
        for day in sorted(days):
            cell = days[day].cells.get(values)
            if not isinstance(cell, Area) or day >= period.end_on:
                continue
            if day >= period.start_on:
                before = EXACT.multiply(held, Decimal(cell.first_us - since_us))
                area = EXACT.add(area, EXACT.add(before, cell.area))
                since_us = cell.last_us
            held = cell.last
        area = EXACT.add(area, EXACT.multiply(held, Decimal(end_us - since_us)))
        found[values] = Fraction(area) * Fraction(1, whole_us)
    return found


def _standing(
    days: Days, period: Period, _zone_name: str, whole: Period
) -> dict[Dimensions, Fraction]:
    """Weigh what is added on a day by the days left; what stood before the period counts whole."""
    found: dict[Dimensions, Fraction] = {}
    for day in sorted(days):
        if day >= period.end_on:
            break
        left = min((period.end_on - day).days, period.days)
        for values, cell in days[day].cells.items():
            if isinstance(cell, Sum):
                share = Fraction(cell.total) * Fraction(left, whole.days)
                found[values] = found.get(values, Fraction(0)) + share
    return found


def _before(days: Days, day: date) -> list[Dated]:
    return [(one, days[one]) for one in sorted(days) if one < day]


def _inputs(said: Sequence[Dated]) -> str:
    return _digest("".join([f"{day.isoformat()}{state.text}" for day, state in said]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
