"""Price models as stored: the same shape that the API speaks, numbers as strings."""

from solde.storage.pricing.in_currency import currencies_from_item, currencies_to_item
from solde.storage.pricing.models import model_from_item, model_to_item
from solde.storage.pricing.ramp import ramp_from_item, ramp_to_item

__all__ = [
    "currencies_from_item",
    "currencies_to_item",
    "model_from_item",
    "model_to_item",
    "ramp_from_item",
    "ramp_to_item",
]
