"""The whole quantity at the price of the one tier that it reaches."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import Priced, Quantity, priced, step
from solde.domain.pricing.tiers import Tier, checked


@dataclass(frozen=True, slots=True)
class Volume:
    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False
    """Whether a quantity of zero pays the flat amount of the first tier."""

    def __post_init__(self) -> None:
        checked(self.tiers)


def price_volume(price: Volume, quantity: Quantity) -> Priced:
    if not quantity.total and not price.flat_at_zero:
        return priced()
    tier = next(tier for tier in price.tiers if tier.up_to is None or quantity.total <= tier.up_to)
    steps = [step(quantity.total, tier.unit_amount)]
    if tier.flat_amount:
        steps.insert(0, step(Decimal(1), tier.flat_amount, label="flat"))
    return priced(*steps)
