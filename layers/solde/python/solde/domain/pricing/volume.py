"""The whole quantity at the price of the one tier that it reaches."""

from collections.abc import Sequence
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
    tier = band(price.tiers, quantity.total)
    steps = [step(quantity.total, tier.unit_amount)]
    if tier.flat_amount:
        steps.insert(0, step(Decimal(1), tier.flat_amount, label="flat"))
    return priced(*steps)


def band(tiers: Sequence[Tier], total: Decimal) -> Tier:
    """Return the tier that a quantity reaches; bounds are inclusive."""
    return next(tier for tier in tiers if tier.up_to is None or total <= tier.up_to)
