"""Each part of the quantity at the price of the tier that it falls into."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import Priced, Quantity, Step, priced, step
from solde.domain.pricing.tiers import Tier, checked


@dataclass(frozen=True, slots=True)
class Graduated:
    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        checked(self.tiers)


def price_graduated(price: Graduated, quantity: Quantity) -> Priced:
    steps: list[Step] = []
    below = Decimal(0)
    for tier in price.tiers:
        if quantity.total <= below:
            break
        top = quantity.total if tier.up_to is None else min(quantity.total, tier.up_to)
        if tier.flat_amount:
            steps.append(step(Decimal(1), tier.flat_amount, label="flat"))
        steps.append(step(top - below, tier.unit_amount))
        below = top
        if tier.up_to is None or quantity.total <= tier.up_to:
            break
    return priced(*steps)
