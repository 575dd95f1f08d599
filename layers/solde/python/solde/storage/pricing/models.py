"""Which shape belongs to which price model; the name of the model stands in each."""

from solde.domain.errors import InvalidError
from solde.domain.pricing import PriceModel
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.model import EventModel, MoneyModel, QuantityModel, UnitsModel
from solde.domain.pricing.per_group import PerGroup
from solde.storage.pricing.by_event import EVENT_MODELS, event_from_item, event_to_item
from solde.storage.pricing.by_quantity import QUANTITY_MODELS, quantity_from_item, quantity_to_item
from solde.storage.pricing.by_unit import UNIT_MODELS, unit_from_item, unit_to_item
from solde.storage.table import Item


def model_to_item(model: PriceModel) -> Item:
    if isinstance(model, QuantityModel):
        return quantity_to_item(model)
    if isinstance(model, UnitsModel):
        return unit_to_item(model)
    if isinstance(model, EventModel):
        return event_to_item(model)
    if isinstance(model, InUnits):
        return model_to_item(model.model)  # a price says its unit beside its model
    return {
        "model": "per_group",
        "dimensions": list(model.dimensions),
        "each": quantity_to_item(model.model),
    }


def model_from_item(item: Item) -> MoneyModel:
    """
    Return the price model of a stored or received shape.

    Raises:
        InvalidError: the model is unknown, or breaks its own rules.

    """
    name = item["model"]
    if name in QUANTITY_MODELS:
        return quantity_from_item(item)
    if name in UNIT_MODELS:
        return unit_from_item(item)
    if name in EVENT_MODELS:
        return event_from_item(item)
    if name == "per_group":
        return PerGroup(tuple(item["dimensions"]), quantity_from_item(item["each"]))
    raise InvalidError(f"model: expected a known price model, found {name!r}")
