"""Every price model survives the store, in a shape that is written down here."""

from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier
from solde.domain.pricing.volume import Volume
from solde.storage.pricing import model_from_item, model_to_item

D = Decimal
OPEN = {"up_to": None, "unit_amount": "2", "flat_amount": "0"}
TIERS = (Tier(None, D(2)),)
PACKAGE = {"model": "package", "size": "10", "amount": "3", "remainder": "down"}
SHAPES = [
    (Flat(D("49.00")), {"model": "flat", "amount": "49.00"}),
    (PerUnit(D("12.5")), {"model": "per_unit", "amount": "12.5"}),
    (Graduated(TIERS), {"model": "graduated", "tiers": [OPEN]}),
    (
        Graduated(TIERS, flat_at_zero=True, flat_due=FlatDue.REACHED),
        {"model": "graduated", "tiers": [OPEN], "flat_at_zero": True, "flat_due": "reached"},
    ),
    (Volume(TIERS), {"model": "volume", "tiers": [OPEN]}),
    (
        Stairstep((Tier(None, D(0), D(9)),)),
        {
            "model": "stairstep",
            "tiers": [{"up_to": None, "unit_amount": "0", "flat_amount": "9"}],
        },
    ),
    (Package(D(10), D(3), Rounding.DOWN), PACKAGE),
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
    (
        Percentage(D("2.9"), D("0.30"), free_events=2, maximum=D(5)),
        {
            "model": "percentage",
            "percent": "2.9",
            "fixed_amount": "0.30",
            "free_events": 2,
            "free_amount": None,
            "minimum": None,
            "maximum": "5",
        },
    ),
    (GraduatedPercentage(TIERS), {"model": "graduated_percentage", "tiers": [OPEN]}),
    (
        Formula.of("weight * 2", ("weight",)),
        {"model": "formula", "formula": "weight * 2", "fields": ["weight"]},
    ),
    (Carried(), {"model": "carried"}),
    (
        PerGroup(("project",), Package(D(10), D(3), Rounding.DOWN)),
        {"model": "per_group", "dimensions": ["project"], "each": PACKAGE},
    ),
]


@pytest.mark.parametrize(("model", "item"), SHAPES)
def test_a_model_is_stored_as_it_is_said_and_read_back(model, item) -> None:
    assert model_to_item(model) == item
    assert model_from_item(item) == model


def test_a_model_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected a known price model, found 'magic'"):
        model_from_item({"model": "magic"})
