"""What an item pays when: steps of a ramp and values of a unit, each with keys of its own (R3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from solde.domain.catalog import ChargeKind, Price
from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Calendar, Period, month_after
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.unit import PricingUnit
from solde.domain.rating.versions import held_until, period_from, within
from solde.domain.subscriptions import Segment

STEP, VALUE = "step-", "value-"
Stage = tuple[str, Price, Sequence[Segment]]
"""The name of a part of a price, what it says there, and the days of it."""
T = TypeVar("T")
Held = Sequence[tuple[date, T]]
"""What holds from which day on, in order."""


def by_stage(
    price: Price,
    spans: Sequence[Segment],
    calendar: Calendar,
    paid_from: date,
    unit: PricingUnit | None = None,
) -> Iterator[Stage]:
    """
    Cut the segments of an item wherever its price takes another step, or its unit another value.

    Raises:
        InvalidError: nothing is known of what the unit is worth on the first day.

    """
    for part, step, mine in _by_step(price, spans, calendar, paid_from):
        if unit is None:
            yield part, step, mine
            continue
        for value, worth, days in _by_value(step, mine, calendar, unit):
            yield "/".join(filter(None, (part, value))), worth, days


def _by_step(
    price: Price, spans: Sequence[Segment], calendar: Calendar, paid_from: date
) -> Iterator[Stage]:
    """Yield the steps of a ramp with their days; the first has no name."""
    held = [(date.min, 0)]
    for number, step in enumerate(price.ramp, 1):
        from_on = _begins_on(step, paid_from)
        if price.kind is not ChargeKind.USAGE and not step.mid_period:
            from_on = period_from(calendar, from_on)
        held = [*held_until(held, from_on), (from_on, number)]
    for number, mine in _cut(held, spans):
        part = f"{STEP}{number + 1}" if number else ""
        yield part, at_part(price, part), mine


def _by_value(
    price: Price, spans: Sequence[Segment], calendar: Calendar, unit: PricingUnit
) -> Iterator[Stage]:
    """
    Yield the values of a unit with their days; the first has no name.

    Usage goes by the time of its events, what is charged once by its day, all else by the first
    billing period that starts with a value.
    """
    first, *others = unit.values_in(price.currency)
    start_on = spans[0].period.start_on
    if start_on < first.from_on:
        raise InvalidError(
            f"unit {unit.code}: expected a value in {price.currency} on {start_on}, "
            f"found the first on {first.from_on}"
        )
    held = [(date.min, first)]
    once = price.kind is ChargeKind.ONE_TIME
    for one in others:
        by_day = once or price.kind is ChargeKind.USAGE
        from_on = one.from_on if by_day else period_from(calendar, one.from_on)
        held = [*held_until(held, from_on), (from_on, one)]
    if once:
        held = [(date.min, [one for from_on, one in held if from_on <= start_on][-1])]
    for one, mine in _cut(held, spans):
        part = "" if one is first else f"{VALUE}{one.from_on.isoformat()}"
        yield part, _worth(price, unit, one.amount), mine


def _cut(held: Held[T], spans: Sequence[Segment]) -> Iterator[tuple[T, Sequence[Segment]]]:
    ends = [*(from_on for from_on, _ in held[1:]), NEVER]
    for (from_on, one), to_on in zip(held, ends, strict=True):
        if mine := within(spans, Period(from_on, to_on)):
            yield one, mine


def _worth(price: Price, unit: PricingUnit, amount: Decimal) -> Price:
    if isinstance(price.model, InUnits):
        return price
    model = InUnits(price.model, unit.code, unit.name, amount)
    return replace(price, model=model, ramp=(), others=())


def at_part(price: Price, part: str) -> Price:
    """Return what a price says in one of its parts, in money or in its unit."""
    if not part.startswith(STEP):
        return price
    number = int(part.partition("/")[0].removeprefix(STEP))
    return replace(price, model=price.ramp[number - 2].model, ramp=(), others=())


def in_money(price: Price, part: str, unit: PricingUnit | None = None) -> Price:
    """Return what a price says in one of its parts, in money: a unit is worth what it was then."""
    said = at_part(price, part)
    if unit is None:
        return said
    first, *others = unit.values_in(price.currency)
    day = part.partition(VALUE)[2]
    worth = next((one for one in others if one.from_on.isoformat() == day), first)
    return _worth(said, unit, worth.amount)


def _begins_on(step: RampStep, paid_from: date) -> date:
    return step.from_on or month_after(paid_from, step.after_months)
