"""How a quantity becomes an exact amount: one file a model, one match over all."""

from solde.domain.pricing.model import PriceModel, exact_amount, price_quantity
from solde.domain.pricing.part import Part, by_total, price_part
from solde.domain.pricing.quantity import Priced, Quantity, Step

__all__ = [
    "Part",
    "PriceModel",
    "Priced",
    "Quantity",
    "Step",
    "by_total",
    "exact_amount",
    "price_part",
    "price_quantity",
]
