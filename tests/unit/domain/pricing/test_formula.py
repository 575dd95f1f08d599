"""Prices by formula, for each event or once for the period."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount, price_quantity
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


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("2", "2"), ("0.5", "1"), ("0", "0"), ("-0.5", "-1"), ("-3", "-3")],
)
def test_less_than_nothing_is_the_mirror_image(quantity: str, expected: str) -> None:
    """At least 1.00 for a period with anything in it, and as much back for one that credits."""
    price = Formula.of("max(1, quantity)")
    assert exact_amount(price, Quantity(D(quantity), count=1)) == Fraction(expected)


def test_the_walk_is_one_row_that_says_formula() -> None:
    (once,) = price_quantity(Formula.of("quantity * 2"), Quantity(D(3), count=1)).steps
    assert (once.quantity, once.exact, once.label) == (1, 6, "formula")
    rows = ((D(10),), (D(1),))
    each = price_quantity(Formula.of("weight", ("weight",)), Quantity(D(11), values=rows, count=2))
    assert [(one.quantity, one.exact, one.label) for one in each.steps] == [(2, 11, "formula")]


def test_an_event_that_lacks_a_field_is_an_error() -> None:
    price = Formula.of("weight", ("weight", "zone"))
    with pytest.raises(ValueError, match="zip"):
        exact_amount(price, Quantity(D(1), values=((D(1),),), count=1))
