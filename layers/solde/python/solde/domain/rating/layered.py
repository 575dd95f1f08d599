"""Recurring prices whose shares belong to a beginning: each unit is charged from its own start."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step, exact_amount, price_quantity
from solde.domain.proration import share
from solde.domain.rating.charge import BilledLine, Proposal, Stretch
from solde.domain.rating.recurring import Difference
from solde.domain.rating.whole import Piece, by_rate, whole_differences
from solde.domain.tax import Regime

ZERO = Decimal(0)


class Layer(NamedTuple):
    """The units from `low` up to `high`, which were there together on these days."""

    days: Period
    low: Decimal
    high: Decimal


def layered_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> Iterator[Difference]:
    """Yield what the units of a period cost by their beginnings, less what was billed of it."""
    return whole_differences(proposal, _pieces(proposal, lines, regime), lines, regime)


def layers(stretches: Sequence[Stretch], whole: Period, *, by_days: bool) -> Iterator[Layer]:
    """
    Yield the units by the days that they were there; what came last goes first.

    Where the beginning alone decides, nothing goes before the period's end.
    """
    standing: list[Layer] = []
    before = stretches[0].service.start_on
    for stretch in stretches:
        start_on = stretch.service.start_on
        if by_days and before < start_on:
            yield from _gone(standing, ZERO, before)
        if by_days:
            yield from _gone(standing, stretch.quantity.total, start_on)
        high = standing[-1].high if standing else ZERO
        if stretch.quantity.total > high:
            days = Period(start_on, whole.end_on)
            standing.append(Layer(days, high, stretch.quantity.total))
        before = stretch.service.end_on
    yield from _gone(standing, ZERO, before) if by_days else standing


def _gone(standing: list[Layer], left: Decimal, on: date) -> Iterator[Layer]:
    """Take off what stands above a quantity, on a day."""
    while standing and standing[-1].high > left:
        top = standing.pop()
        yield top._replace(days=Period(top.days.start_on, on), low=max(top.low, left))
        if top.low < left:
            standing.append(top._replace(high=left))


def _pieces(proposal: Proposal, lines: Sequence[BilledLine], regime: Regime) -> Iterator[Piece]:
    """Split the cost of all layers over the days of service where the rate of tax changes."""
    stretches = proposal.stretches
    if not stretches:
        return
    exact, steps = _cost(proposal)
    if not exact:
        return
    service = Period(stretches[0].service.start_on, stretches[-1].service.end_on)
    units = stretches[-1].quantity.total
    for days in by_rate(proposal, service, lines, regime):
        part = exact if days == service else exact * days.share_of(service)
        yield Piece(days, part, units, steps)


def _cost(proposal: Proposal) -> tuple[Fraction, tuple[Step, ...]]:
    policy, model = proposal.price.proration, proposal.price.model
    whole, exact = proposal.key.period, Fraction(0)
    steps: tuple[Step, ...] = ()
    found = list(layers(proposal.stretches, whole, by_days=policy.by_days))
    for layer in found:
        priced = price_quantity(model, Quantity(layer.high))
        above = priced.exact
        if layer.low:
            above -= exact_amount(model, Quantity(layer.low))
        exact += above * share(policy, layer.days, whole)
        steps = priced.steps if len(found) == 1 else ()
    return exact, steps
