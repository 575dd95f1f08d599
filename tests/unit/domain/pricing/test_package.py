"""Packages of 100 at 80.00: one that is begun counts whole, unless it is given away."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.package import Package

D = Decimal
HUNDRED = Package(D(100), D("80.00"))


@pytest.mark.parametrize(
    ("model", "quantity", "amount"),
    [
        (HUNDRED, "0", 0),
        (HUNDRED, "0.0001", 80),
        (HUNDRED, "100", 80),
        (HUNDRED, "100.0001", 160),
        (HUNDRED, "150", 160),
        (Package(D(100), D(80), Rounding.DOWN), "199", 80),
        (Package(D(100), D(80), Rounding.DOWN), "99.99", 0),
        (Package(D("0.25"), D("0.10")), "1.01", "0.5"),  # five quarters
        (HUNDRED, "-150", -160),  # a signed meter mirrors its price
    ],
)
def test_packages_begun(model, quantity, amount) -> None:
    assert exact_amount(model, Quantity(D(quantity))) == Fraction(amount)


@given(quantity=st.decimals(0, 10**6, places=4, allow_nan=False))
def test_a_package_begun_costs_less_than_one_package_more(quantity) -> None:
    by_share = Fraction(quantity) * 80 / 100
    found = exact_amount(HUNDRED, Quantity(quantity))
    assert by_share <= found < by_share + 80
    assert found % 80 == 0


def test_a_package_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidError, match="size: expected above 0, found 0"):
        Package(D(0), D(1))


def test_the_least_package_is_above_nothing() -> None:
    assert exact_amount(Package(D("0.5"), D(1)), Quantity(D(1))) == 2
    with pytest.raises(InvalidError, match="found -1"):
        Package(D(-1), D(1))
