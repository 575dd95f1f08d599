"""Stored shapes of the models that are about amounts which events carry."""

from decimal import Decimal
from typing import assert_never

from solde.domain.errors import InvalidError
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.model import EventModel
from solde.domain.pricing.percentage import Percentage
from solde.storage.pricing.by_quantity import tiers_from_item, tiers_to_item
from solde.storage.table import Item

EVENT_MODELS = ("percentage", "graduated_percentage", "formula", "carried")
BOUNDS = ("free_amount", "minimum", "maximum")


def event_to_item(model: EventModel) -> Item:
    match model:
        case Percentage():
            bounds = {name: getattr(model, name) for name in BOUNDS}
            return {
                "model": "percentage",
                "percent": str(model.percent),
                "fixed_amount": str(model.fixed_amount),
                "free_events": model.free_events,
                **{name: None if one is None else str(one) for name, one in bounds.items()},
            }
        case GraduatedPercentage():
            said = {"model": "graduated_percentage", "tiers": tiers_to_item(model.tiers)}
            return {**said, "flat_at_zero": True} if model.flat_at_zero else said
        case Formula():
            return {"model": "formula", "formula": model.text, "fields": list(model.fields)}
        case Carried():
            return {"model": "carried"}
        case _:
            assert_never(model)


def event_from_item(item: Item) -> EventModel:
    match item["model"]:
        case "percentage":
            return _percentage(item)
        case "graduated_percentage":
            return GraduatedPercentage(tiers_from_item(item), bool(item.get("flat_at_zero", False)))
        case "formula":
            return Formula.of(item["formula"], tuple(item["fields"]))
        case "carried":
            return Carried()
        case unknown:
            raise InvalidError(f"model: expected one of events, found {unknown!r}")


def _percentage(item: Item) -> Percentage:
    free_events = item.get("free_events")
    bounds = {name: Decimal(item[name]) for name in BOUNDS if item.get(name) is not None}
    return Percentage(
        Decimal(item["percent"]),
        Decimal(item.get("fixed_amount", "0")),
        free_events=None if free_events is None else int(free_events),
        **bounds,
    )
