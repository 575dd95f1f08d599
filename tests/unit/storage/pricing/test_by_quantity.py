"""Models of the quantity alone, in the shapes that are stored."""

from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier
from solde.domain.pricing.volume import Volume
from solde.storage.pricing.by_quantity import (
    QUANTITY_MODELS,
    quantity_from_item,
    quantity_to_item,
    tiers_from_item,
    tiers_to_item,
)

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
]


@pytest.mark.parametrize(("model", "item"), SHAPES)
def test_a_model_is_stored_as_it_is_said_and_read_back(model, item) -> None:
    assert quantity_to_item(model) == item
    assert quantity_from_item(item) == model


def test_every_name_has_its_shape_and_no_other_is_known() -> None:
    assert {item["model"] for _, item in SHAPES} == set(QUANTITY_MODELS)
    with pytest.raises(InvalidError, match="expected one of a quantity, found 'magic'"):
        quantity_from_item({"model": "magic"})


def test_tiers_keep_every_digit() -> None:
    tiers = (Tier(D("0.50"), D("0.000000000001"), D("3.10")), Tier(None, D(0)))
    stored = tiers_to_item(tiers)
    assert stored[0] == {"up_to": "0.50", "unit_amount": "1E-12", "flat_amount": "3.10"}
    assert tiers_from_item({"tiers": stored}) == tiers
