"""One price for the lowest tier whose every limit holds the quantities of several units."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.pricing.quantity import Priced, Quantity, negated, priced, step


@dataclass(frozen=True, slots=True)
class CapacityTier:
    """`limits` are (unit, most of it), inclusive; a unit that is not named has no limit here."""

    limits: tuple[tuple[str, Decimal], ...]
    amount: Decimal

    def holds(self, used: Mapping[str, Decimal]) -> bool:
        return all(used.get(unit, Decimal(0)) <= most for unit, most in self.limits)


@dataclass(frozen=True, slots=True)
class Capacity:
    tiers: tuple[CapacityTier, ...]

    def __post_init__(self) -> None:
        if not self.tiers:
            raise InvalidError("tiers: expected at least one", pointer="/tiers")
        for number, tier in enumerate(self.tiers):
            if tier.amount < 0 or any(most < 0 for _, most in tier.limits):
                raise InvalidError(
                    f"tiers: expected amounts and limits >= 0, found {tier}",
                    pointer=f"/tiers/{number}",
                )


def price_capacity(price: Capacity, quantity: Quantity) -> Priced:
    """
    Price by the units that the quantity's cells name; units below zero beside others need no room.

    Raises:
        InvalidError: no tier holds so much; nothing is clipped to the last one.

    """
    used = {values[0]: part for values, part in quantity.cells}
    if not any(used.values()):
        return priced()
    if max(used.values()) <= 0:
        return negated(lambda above: price_capacity(price, above), quantity)
    tier = next((one for one in price.tiers if one.holds(used)), None)
    if tier is None:
        raise InvalidError(f"quantity: expected what the last tier holds, found {used}")
    return priced(step(Decimal(1), tier.amount))
