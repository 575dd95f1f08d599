"""One price for the step that the quantity reaches, whatever the quantity inside it."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.pricing.quantity import Priced, Quantity, priced, step
from solde.domain.pricing.tiers import Tier, checked


@dataclass(frozen=True, slots=True)
class Stairstep:
    """The price of a step is the `flat_amount` of its tier; its `unit_amount` is zero."""

    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False
    """Whether a quantity of zero pays the first step."""

    def __post_init__(self) -> None:
        checked(self.tiers)
        for number, tier in enumerate(self.tiers):
            if tier.unit_amount:
                raise InvalidError(
                    f"unit_amount: expected 0 on a step, found {tier.unit_amount}",
                    pointer=f"/tiers/{number}/unit_amount",
                )


def price_stairstep(price: Stairstep, quantity: Quantity) -> Priced:
    if not quantity.total and not price.flat_at_zero:
        return priced()
    tier = next(tier for tier in price.tiers if tier.up_to is None or quantity.total <= tier.up_to)
    return priced(step(Decimal(1), tier.flat_amount))
