"""Each price model goes to the room that knows its shape, by name."""

from decimal import Decimal
from typing import get_args

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.model import MoneyModel
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.storage.pricing import model_from_item, model_to_item
from solde.storage.pricing.by_event import EVENT_MODELS
from solde.storage.pricing.by_quantity import QUANTITY_MODELS
from solde.storage.pricing.by_unit import UNIT_MODELS

D = Decimal
PACKAGE = {"model": "package", "size": "10", "amount": "3", "remainder": "up"}
MODELS = [
    (PerUnit(D("12.5")), {"model": "per_unit", "amount": "12.5"}),
    (
        Matrix(("zone",), (Cell(("a",), D(1)),), D(2)),
        {
            "model": "matrix",
            "dimensions": ["zone"],
            "cells": [{"values": ["a"], "amount": "1"}],
            "default": "2",
        },
    ),
    (Carried(), {"model": "carried"}),
    (
        PerGroup(("project",), Package(D(10), D(3))),
        {"model": "per_group", "dimensions": ["project"], "each": PACKAGE},
    ),
]


@pytest.mark.parametrize(("model", "item"), MODELS)
def test_one_of_each_room_is_stored_and_read_back(model, item) -> None:
    assert model_to_item(model) == item
    assert model_from_item(item) == model


def test_every_model_has_a_name_of_its_own() -> None:
    names = [*QUANTITY_MODELS, *UNIT_MODELS, *EVENT_MODELS, "per_group"]
    assert len(set(names)) == len(names) == len(get_args(MoneyModel))


@pytest.mark.parametrize(
    "item", [{"model": "magic"}, {"model": "per_group", "dimensions": [], "each": MODELS[2][1]}]
)
def test_a_model_that_nobody_knows_is_refused(item) -> None:
    with pytest.raises(InvalidError, match=r"expected (a known price model|one of a quantity)"):
        model_from_item(item)
