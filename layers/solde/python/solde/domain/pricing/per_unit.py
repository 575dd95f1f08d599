"""So much for each unit."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import Priced, Quantity, priced, step


@dataclass(frozen=True, slots=True)
class PerUnit:
    amount: Decimal


def price_per_unit(price: PerUnit, quantity: Quantity) -> Priced:
    return priced(step(quantity.total, price.amount))
