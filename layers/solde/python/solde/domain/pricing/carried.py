"""The amount that each event brings with it; the quantity is only told."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import Priced, Quantity, priced, step

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Carried:
    """The second value of each event is its amount in major units, less than zero if it credits."""


def price_carried(_price: Carried, quantity: Quantity) -> Priced:
    amount = sum((row[1] for row in quantity.values), Decimal(0))
    return priced(step(ONE, amount, label="carried")) if quantity.values else priced()
