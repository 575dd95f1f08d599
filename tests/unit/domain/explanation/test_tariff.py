"""A price version as a tree says it: all that a stranger needs to walk it again."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind, Price
from solde.domain.explanation.tariff import tariff
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume

D = Decimal
TIERS = (Tier(D(100), D("1.00")), Tier(None, D("0.80"), D(5)))
SAID = [["100", "1", "0"], [None, "0.8", "5"]]
STEPS = (Tier(D(10), D(0), D(7)), Tier(None, D(0), D(9)))

CASES = [
    (Flat(D("9.90")), {"model": "flat", "amount": "9.9"}),
    (PerUnit(D("0.010")), {"model": "perunit", "amount": "0.01"}),
    (Graduated(TIERS), {"model": "graduated", "tiers": SAID, "flat_due": "entered"}),
    (
        Graduated(TIERS, flat_at_zero=True),
        {"model": "graduated", "tiers": SAID, "flat_due": "entered", "flat_at_zero": True},
    ),
    (Volume(TIERS, flat_at_zero=True), {"model": "volume", "tiers": SAID, "flat_at_zero": True}),
    (Stairstep(STEPS), {"model": "stairstep", "tiers": [["10", "0", "7"], [None, "0", "9"]]}),
    (
        Package(D(100), D(80)),
        {"model": "package", "size": "100", "amount": "80", "remainder": "up"},
    ),
    (
        Matrix(("from",), (Cell(("JFK",), D(3)),), D(2)),
        {"model": "matrix", "cells": [[["JFK"], "3"]], "default": "2"},
    ),
    (Percentage(D("1.5")), {"model": "percentage, by its steps"}),
]


@pytest.mark.parametrize(("model", "said"), CASES, ids=lambda one: type(one).__name__)
def test_a_model_is_said_with_all_that_its_walk_needs(model, said) -> None:
    price = Price("p", 3, "prd", "EUR", ChargeKind.ARREARS, model)
    assert tariff(price) == {"price": "p", "version": 3, "proration": "day", **said}


def test_free_units_are_said_where_there_are_any() -> None:
    price = Price("p", 1, "s", "EUR", ChargeKind.USAGE, PerUnit(D(1)), meter="m", free_units=D(50))
    assert tariff(price)["free"] == "50"
