"""What an item pays when: the steps of a ramp, each with rounding keys of its own (R3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from solde.domain.catalog import ChargeKind, Price
from solde.domain.periods import NEVER, Calendar, Period, month_after
from solde.domain.pricing.ramp import RampStep
from solde.domain.rating.versions import held_until, period_from, within
from solde.domain.subscriptions import Segment

STEP = "step-"
Stage = tuple[str, Price, Sequence[Segment]]
"""The name of a part of a price, what it says there, and the days of it."""


def by_stage(
    price: Price, spans: Sequence[Segment], calendar: Calendar, paid_from: date
) -> Iterator[Stage]:
    """Cut the segments of an item wherever its price takes another step; the first has no name."""
    held = [(date.min, 0)]
    for number, step in enumerate(price.ramp, 1):
        from_on = _begins_on(step, paid_from)
        if price.kind is not ChargeKind.USAGE and not step.mid_period:
            from_on = period_from(calendar, from_on)
        held = [*held_until(held, from_on), (from_on, number)]
    for (from_on, number), (to_on, _) in pairwise((*held, (NEVER, 0))):
        if mine := within(spans, Period(from_on, to_on)):
            part = f"{STEP}{number + 1}" if number else ""
            yield part, at_part(price, part), mine


def at_part(price: Price, part: str) -> Price:
    """Return what a price says in one of its parts."""
    if not part.startswith(STEP):
        return price
    step = price.ramp[int(part.removeprefix(STEP)) - 2]
    return replace(price, model=step.model, ramp=(), others=())


def _begins_on(step: RampStep, paid_from: date) -> date:
    return step.from_on or month_after(paid_from, step.after_months)
