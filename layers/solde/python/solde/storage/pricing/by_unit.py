"""Stored shapes of the models that need the quantity by the values of dimensions."""

from decimal import Decimal
from typing import assert_never

from solde.domain.errors import InvalidError
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.model import UnitsModel
from solde.storage.table import Item

UNIT_MODELS = ("matrix", "blocks", "capacity")


def unit_to_item(model: UnitsModel) -> Item:
    match model:
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
        case Blocks():
            return {
                "model": "blocks",
                "mode": model.mode.value,
                "tiers": [[_block_to_item(block) for block in tier] for tier in model.tiers],
            }
        case Capacity():
            return {
                "model": "capacity",
                "tiers": [
                    {
                        "limits": {unit: str(most) for unit, most in tier.limits},
                        "amount": str(tier.amount),
                    }
                    for tier in model.tiers
                ],
            }
        case _:
            assert_never(model)


def unit_from_item(item: Item) -> UnitsModel:
    match item["model"]:
        case "matrix":
            cells = [Cell(tuple(one["values"]), Decimal(one["amount"])) for one in item["cells"]]
            return Matrix(tuple(item["dimensions"]), tuple(cells), Decimal(item["default"]))
        case "blocks":
            tiers = tuple(tuple(map(_block_from_item, tier)) for tier in item["tiers"])
            return Blocks(tiers, BlockMode(item["mode"]))
        case "capacity":
            return Capacity(tuple(map(_capacity_from_item, item["tiers"])))
        case unknown:
            raise InvalidError(f"model: expected one of units, found {unknown!r}")


def _block_to_item(block: Block) -> Item:
    return {
        "unit": block.unit,
        "size": str(block.size),
        "amount": str(block.amount),
        "most": block.most,
    }


def _block_from_item(item: Item) -> Block:
    most = item.get("most")
    return Block(
        item["unit"],
        Decimal(item["size"]),
        Decimal(item["amount"]),
        None if most is None else int(most),
    )


def _capacity_from_item(item: Item) -> CapacityTier:
    limits = tuple((unit, Decimal(most)) for unit, most in sorted(item["limits"].items()))
    return CapacityTier(limits, Decimal(item["amount"]))
