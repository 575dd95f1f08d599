"""The same amount whatever the quantity; nothing for a quantity of zero."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.pricing.quantity import ONE, Priced, Quantity, priced, step


@dataclass(frozen=True, slots=True)
class Flat:
    amount: Decimal


def price_flat(price: Flat, quantity: Quantity) -> Priced:
    if not quantity.total:
        return priced()
    return priced(step(ONE, price.amount))
