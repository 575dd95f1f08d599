"""A fixed amount, due as soon as there is anything."""

from decimal import Decimal

import pytest

from solde.domain.pricing import Quantity
from solde.domain.pricing.flat import Flat, price_flat

D = Decimal


@pytest.mark.parametrize(("quantity", "amount"), [("0", 0), ("0.001", 49), ("1", 49), ("7", 49)])
def test_the_same_whatever_the_quantity_and_nothing_for_none(quantity, amount) -> None:
    assert price_flat(Flat(D("49.00")), Quantity(D(quantity))).exact == amount


def test_its_walk_is_one_piece() -> None:
    (row,) = price_flat(Flat(D("19.99")), Quantity(D(3))).steps
    assert (row.quantity, row.unit_amount, row.product) == (1, D("19.99"), D("19.99"))
