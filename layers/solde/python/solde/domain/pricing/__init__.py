"""How a quantity becomes an exact amount: one file a model, one match over all."""

from solde.domain.pricing.model import PriceModel, exact_amount, price_quantity
from solde.domain.pricing.quantity import Priced, Quantity, Step

__all__ = ["PriceModel", "Priced", "Quantity", "Step", "exact_amount", "price_quantity"]
