"""Each part of the quantity at the price of the tier that it falls into."""

from dataclasses import dataclass

from solde.domain.pricing.quantity import ONE, ZERO, Priced, Quantity, Step, priced, step
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
        return priced(step(ONE, price.tiers[0].flat_amount, label="flat"))
    steps: list[Step] = []
    total, below = quantity.total, ZERO
    for tier in price.tiers:
        if total <= below:
            break
        is_last = tier.up_to is None or total <= tier.up_to
        top = total if tier.up_to is None or is_last else tier.up_to
        if tier.flat_amount and (is_last or price.flat_due is FlatDue.ENTERED):
            steps.append(step(ONE, tier.flat_amount, label="flat"))
        steps.append(step(top - below, tier.unit_amount))
        below = top
        if is_last:
            break
    return priced(*steps)
