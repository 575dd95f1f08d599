"""A percentage of each part of an amount, by the tier that the part falls into."""

from dataclasses import dataclass

from solde.domain.errors import InvalidError
from solde.domain.pricing.graduated import Graduated, price_graduated
from solde.domain.pricing.quantity import Priced, Quantity, negated
from solde.domain.pricing.tiers import Tier

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class GraduatedPercentage:
    """`unit_amount` of a tier is its percentage: 1.5 is 1.5 %; bounds are amounts."""

    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False

    def __post_init__(self) -> None:
        for number, tier in enumerate(self.tiers):
            if tier.unit_amount > HUNDRED:
                raise InvalidError(
                    f"percent: expected at most 100, found {tier.unit_amount}",
                    pointer=f"/tiers/{number}/unit_amount",
                )
        self.graduated()

    def graduated(self) -> Graduated:
        return Graduated(
            tuple(
                Tier(tier.up_to, tier.unit_amount.scaleb(-2), tier.flat_amount)
                for tier in self.tiers
            ),
            flat_at_zero=self.flat_at_zero,
        )


def price_graduated_percentage(price: GraduatedPercentage, quantity: Quantity) -> Priced:
    if quantity.total < 0:
        return negated(lambda above: price_graduated_percentage(price, above), quantity)
    return price_graduated(price.graduated(), quantity)
