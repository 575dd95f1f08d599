"""Each part of the quantity at the price of the tier that it falls into."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import Priced, Quantity, Step, priced, step
from solde.domain.pricing.tiers import FlatDue, Tier, checked


@dataclass(frozen=True, slots=True)
class Graduated:
    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False
    """Whether a quantity of zero pays the flat amount of the first tier."""
    flat_due: FlatDue = FlatDue.ENTERED

    def __post_init__(self) -> None:
        checked(self.tiers)


def price_graduated(price: Graduated, quantity: Quantity) -> Priced:
    if not quantity.total and price.flat_at_zero:
        return priced(step(Decimal(1), price.tiers[0].flat_amount, label="flat"))
    steps: list[Step] = []
    below = Decimal(0)
    for tier in price.tiers:
        if quantity.total <= below:
            break
        top = quantity.total if tier.up_to is None else min(quantity.total, tier.up_to)
        is_last = tier.up_to is None or quantity.total <= tier.up_to
        if tier.flat_amount and (is_last or price.flat_due is FlatDue.ENTERED):
            steps.append(step(Decimal(1), tier.flat_amount, label="flat"))
        steps.append(step(top - below, tier.unit_amount))
        below = top
        if is_last:
            break
    return priced(*steps)
