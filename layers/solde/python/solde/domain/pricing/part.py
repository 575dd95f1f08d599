"""A part of a period's count: what it costs at its position, by its own price (R7)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from solde.domain.pricing.blocks import BlockMode, Blocks, reached
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.model import PriceModel, QuantityModel, price_quantity
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.quantity import EXACT, Priced, Quantity, Step, priced
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume, band

NOTHING = Fraction(0)


class Part(NamedTuple):
    """
    Counts to date: at the end of the part, where it begins, and of the whole period.

    `before` is None where the period's count begins with the part; `total` may be None for a model
    that does not ask for it.
    """

    after: Quantity
    before: Quantity | None
    total: Quantity | None


def by_total(model: PriceModel) -> bool:
    """Tell whether a part costs what the period comes to in the end."""
    if isinstance(model, PerGroup | InUnits):
        return by_total(model.model)
    if isinstance(model, Blocks):
        return model.mode is BlockMode.TOP_TIER
    return isinstance(model, Volume)


def price_part(model: PriceModel, part: Part) -> Priced:
    """
    Return what a part of the count costs: the price of the count to date, less that before it.

    Models that have one price for the whole quantity take it by the period's total; so the parts
    of one price always sum to the price of the whole.
    """
    if isinstance(model, InUnits):
        return model.in_money(price_part(model.model, part))
    if isinstance(model, PerGroup):
        return _by_group(model, part)
    if by_total(model):
        model = _settled(model, part.total or part.after)
    after = price_quantity(model, part.after)
    if part.before is None:
        return after
    return _less(after, price_quantity(model, part.before))


def _by_group(model: PerGroup[QuantityModel], part: Part) -> Priced:
    before = dict(part.before.cells) if part.before else {}
    total = dict(part.total.cells) if part.total else {}
    steps: list[Step] = []
    for values, quantity in part.after.cells:
        earlier = Quantity(before[values]) if values in before else None
        one = Part(Quantity(quantity), earlier, Quantity(total.get(values, quantity)))
        for step in price_part(model.model, one).steps:
            label = "/".join(filter(None, (*values, step.label)))
            steps.append(step._replace(label=label))
    return priced(*steps)


def _settled(model: PriceModel, total: Quantity) -> PriceModel:
    """Return a model that has one price left, the one that a total leads to."""
    if isinstance(model, Volume):
        tier = band(model.tiers, abs(total.total))
        return replace(model, tiers=(Tier(None, tier.unit_amount, tier.flat_amount),))
    return _one_block(model, total) if isinstance(model, Blocks) else model


def _one_block(model: Blocks, total: Quantity) -> Blocks:
    found = tuple(
        replace(reached(model.of(values[0]), abs(part)), most=None) for values, part in total.cells
    )
    return Blocks((found or model.tiers[0],), model.mode)


def _less(after: Priced, before: Priced) -> Priced:
    """Take one walk from another, row by row; what stands in both leaves nothing."""
    rows: dict[tuple[Decimal, str], Step] = {}
    for one in after.steps:
        _add(rows, one)
    for one in before.steps:
        outcome = None if one.outcome is None else -one.outcome
        _add(
            rows,
            one._replace(quantity=-one.quantity, product=-one.product, outcome=outcome),
        )
    return priced(*(one for one in rows.values() if one.quantity or one.exact))


def _add(rows: dict[tuple[Decimal, str], Step], one: Step) -> None:
    name = (one.unit_amount, one.label)
    if (held := rows.get(name)) is None:
        rows[name] = one
        return
    outcome = None if held.outcome is None else held.outcome + (one.outcome or NOTHING)
    rows[name] = held._replace(
        quantity=EXACT.add(held.quantity, one.quantity),
        product=EXACT.add(held.product, one.product),
        outcome=outcome,
    )
