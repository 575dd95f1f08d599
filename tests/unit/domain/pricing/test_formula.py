"""Prices by formula, for each event or once for the period."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.formula import Formula

D = Decimal


def test_a_parcel_costs_by_weight_with_a_least_amount() -> None:
    price = Formula.of("max(4.90, weight * if(zone == 2, 1.50, 0.80))", ("weight", "zone"))
    rows = ((D(10), D(1)), (D(1), D(1)), (D(10), D(2)))
    found = exact_amount(price, Quantity(D(21), values=rows, count=3))
    assert found == Fraction("27.9")  # 8.00 + 4.90 + 15.00


def test_a_period_is_computed_once() -> None:
    price = Formula.of("quantity * 0.10 + count * 2")
    assert exact_amount(price, Quantity(D(30), count=2)) == 7
    assert exact_amount(price, Quantity(D(0))) == 0


def test_an_input_that_is_not_declared_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected inputs among weight, found size"):
        Formula.of("size * 2", ("weight",))
