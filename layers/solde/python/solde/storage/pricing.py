"""Price models as stored: the same shape that the API speaks, numbers as strings."""

from decimal import Decimal
from typing import Any, assert_never

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing import PriceModel
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.storage.table import Item


def model_to_item(model: PriceModel) -> Item:
    match model:
        case Flat():
            return {"model": "flat", "amount": str(model.amount)}
        case PerUnit():
            return {"model": "per_unit", "amount": str(model.amount)}
        case Graduated():
            return {"model": "graduated", "tiers": [_tier_to_item(one) for one in model.tiers]}
        case Volume():
            return {"model": "volume", "tiers": [_tier_to_item(one) for one in model.tiers]}
        case Package():
            return {
                "model": "package",
                "size": str(model.size),
                "amount": str(model.amount),
                "remainder": model.remainder.value,
            }
        case Matrix():
            return {
                "model": "matrix",
                "dimensions": list(model.dimensions),
                "cells": [
                    {"values": list(cell.values), "amount": str(cell.unit_amount)}
                    for cell in model.cells
                ],
                "default": str(model.default),
            }
        case _:
            assert_never(model)


def model_from_item(item: Item) -> PriceModel:
    """
    Return the price model of a stored or received shape.

    Raises:
        InvalidError: the model is unknown, or breaks its own rules.

    """
    match item["model"]:
        case "flat":
            return Flat(Decimal(item["amount"]))
        case "per_unit":
            return PerUnit(Decimal(item["amount"]))
        case "graduated":
            return Graduated(_tiers(item))
        case "volume":
            return Volume(_tiers(item))
        case "package":
            return Package(
                Decimal(item["size"]), Decimal(item["amount"]), Rounding(item["remainder"])
            )
        case "matrix":
            cells = [Cell(tuple(one["values"]), Decimal(one["amount"])) for one in item["cells"]]
            return Matrix(tuple(item["dimensions"]), tuple(cells), Decimal(item["default"]))
        case unknown:
            raise InvalidError(f"model: expected a known price model, found {unknown!r}")


def _tiers(item: Item) -> tuple[Tier, ...]:
    return tuple(
        Tier(
            Decimal(one["up_to"]) if one.get("up_to") is not None else None,
            Decimal(one["unit_amount"]),
            Decimal(one.get("flat_amount", "0")),
        )
        for one in item["tiers"]
    )


def _tier_to_item(tier: Tier) -> dict[str, Any]:
    return {
        "up_to": None if tier.up_to is None else str(tier.up_to),
        "unit_amount": str(tier.unit_amount),
        "flat_amount": str(tier.flat_amount),
    }
