"""Models of the quantity by dimension, in the shapes that are stored."""

from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.matrix import Cell, Matrix
from solde.storage.pricing.by_unit import UNIT_MODELS, unit_from_item, unit_to_item

D = Decimal
SHAPES = [
    (
        Matrix(("zone",), (Cell(("a",), D(1)),), D(2)),
        {
            "model": "matrix",
            "dimensions": ["zone"],
            "cells": [{"values": ["a"], "amount": "1"}],
            "default": "2",
        },
    ),
    (
        Blocks(((Block("gb", D(1), D(7), 5), Block("call", D(10), D(2))),), BlockMode.TOP_TIER),
        {
            "model": "blocks",
            "mode": "top_tier",
            "tiers": [
                [
                    {"unit": "gb", "size": "1", "amount": "7", "most": 5},
                    {"unit": "call", "size": "10", "amount": "2", "most": None},
                ]
            ],
        },
    ),
    (
        Capacity((CapacityTier((("user", D(5)),), D(20)),)),
        {"model": "capacity", "tiers": [{"limits": {"user": "5"}, "amount": "20"}]},
    ),
]


@pytest.mark.parametrize(("model", "item"), SHAPES)
def test_a_model_is_stored_as_it_is_said_and_read_back(model, item) -> None:
    assert unit_to_item(model) == item
    assert unit_from_item(item) == model


def test_every_name_has_its_shape_and_no_other_is_known() -> None:
    assert {item["model"] for _, item in SHAPES} == set(UNIT_MODELS)
    with pytest.raises(InvalidError, match="expected one of units, found 'magic'"):
        unit_from_item({"model": "magic"})
