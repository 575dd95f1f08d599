"""Stored shapes of the models that need the quantity alone."""

from decimal import Decimal
from typing import Any, assert_never

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.model import QuantityModel
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier
from solde.domain.pricing.volume import Volume
from solde.storage.table import Item

QUANTITY_MODELS = ("flat", "per_unit", "graduated", "volume", "stairstep", "package")


def quantity_to_item(model: QuantityModel) -> Item:
    match model:
        case Flat():
            return {"model": "flat", "amount": str(model.amount)}
        case PerUnit():
            return {"model": "per_unit", "amount": str(model.amount)}
        case Graduated():
            return {"model": "graduated", **_tiered_to_item(model), **_flat_due(model)}
        case Volume():
            return {"model": "volume", **_tiered_to_item(model)}
        case Stairstep():
            return {"model": "stairstep", **_tiered_to_item(model)}
        case Package():
            return {
                "model": "package",
                "size": str(model.size),
                "amount": str(model.amount),
                "remainder": model.remainder.value,
            }
        case _:
            assert_never(model)


def quantity_from_item(item: Item) -> QuantityModel:
    match item["model"]:
        case "flat":
            return Flat(Decimal(item["amount"]))
        case "per_unit":
            return PerUnit(Decimal(item["amount"]))
        case "graduated":
            flat_due = FlatDue(item.get("flat_due", FlatDue.ENTERED.value))
            return Graduated(tiers_from_item(item), _at_zero(item), flat_due)
        case "volume":
            return Volume(tiers_from_item(item), _at_zero(item))
        case "stairstep":
            return Stairstep(tiers_from_item(item), _at_zero(item))
        case "package":
            remainder = Rounding(item["remainder"])
            return Package(Decimal(item["size"]), Decimal(item["amount"]), remainder)
        case unknown:
            raise InvalidError(f"model: expected one of a quantity, found {unknown!r}")


def tiers_to_item(tiers: tuple[Tier, ...]) -> list[dict[str, Any]]:
    return [
        {
            "up_to": None if tier.up_to is None else str(tier.up_to),
            "unit_amount": str(tier.unit_amount),
            "flat_amount": str(tier.flat_amount),
        }
        for tier in tiers
    ]


def tiers_from_item(item: Item) -> tuple[Tier, ...]:
    return tuple(
        Tier(
            Decimal(one["up_to"]) if one.get("up_to") is not None else None,
            Decimal(one["unit_amount"]),
            Decimal(one.get("flat_amount", "0")),
        )
        for one in item["tiers"]
    )


def _tiered_to_item(model: Graduated | Volume | Stairstep) -> Item:
    said = {"tiers": tiers_to_item(model.tiers)}
    return {**said, "flat_at_zero": True} if model.flat_at_zero else said


def _flat_due(model: Graduated) -> Item:
    return {} if model.flat_due is FlatDue.ENTERED else {"flat_due": model.flat_due.value}


def _at_zero(item: Item) -> bool:
    return bool(item.get("flat_at_zero", False))
