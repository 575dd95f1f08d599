"""The worked sums of prices: bands 100 at 1.00, next 100 at 0.80, then 0.50."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding
from solde.domain.pricing import Quantity, exact_amount, price_quantity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import FlatDue, Tier, stretched
from solde.domain.pricing.volume import Volume

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
FEES = (Tier(D(10), D(0), D(5)), Tier(None, D(1), D(7)))
PACKAGE = Package(D(100), D("80.00"))


@pytest.mark.parametrize(
    ("model", "quantity", "expected"),
    [
        (Graduated(BANDS), "150", "140"),  # 100 + 50 × 0.80
        (Graduated(BANDS), "100", "100"),  # up to, inclusive
        (Graduated(BANDS), "100.5", "100.4"),  # decimals leave no holes
        (Graduated(BANDS), "250", "205"),  # 100 + 80 + 25
        (Graduated(BANDS), "0", "0"),
        (Volume(BANDS), "150", "120"),
        (Volume(BANDS), "100", "100"),
        (Volume(BANDS), "105", "84"),
        (Volume(BANDS), "0", "0"),
        (PACKAGE, "150", "160"),  # the package begun counts whole
        (PACKAGE, "100", "80"),
        (PACKAGE, "0", "0"),
        (Package(D(100), D(80), Rounding.DOWN), "199", "80"),
        (PerUnit(D("3.20")), "3", "9.6"),  # 3 m³ of gas
        (PerUnit(D("0.0000123456")), "1234567", "15.2414703552"),
        (Flat(D("49.00")), "7", "49"),
        (Flat(D("49.00")), "0", "0"),
        (Graduated(FEES), "10", "5"),
        (Graduated(FEES), "12", "14"),  # 5 + 7 + 2 × 1
        (Graduated(FEES, flat_due=FlatDue.REACHED), "12", "9"),  # 7 + 2 × 1
        (Graduated(FEES, flat_at_zero=True), "0", "5"),
        (Volume(FEES), "12", "19"),  # 7 + 12 × 1
        (Volume(FEES, flat_at_zero=True), "0", "5"),
    ],
)
def test_what_a_quantity_costs(model, quantity, expected) -> None:
    assert exact_amount(model, Quantity(D(quantity))) == Fraction(expected)


def test_a_matrix_prices_each_combination_and_the_rest_by_default() -> None:
    price = Matrix(("region",), (Cell(("eu",), D(2)), Cell(("us",), D(3))), D(5))
    quantity = Quantity(D(6), ((("asia",), D(1)), (("eu",), D(2)), (("us",), D(3))))
    found = price_quantity(price, quantity)
    assert found.exact == 18  # 5 + 4 + 9
    assert [(one.label, one.exact) for one in found.steps] == [("asia", 5), ("eu", 4), ("us", 9)]


def test_free_units_come_before_tiers() -> None:
    assert exact_amount(Graduated(BANDS), Quantity(D(150)).less(D(30))) == 116  # 100 + 20 × 0.80
    assert Quantity(D(20)).less(D(30)).total == 0
    assert Quantity(D(-20)).less(D(30)).total == -20  # what credits has no free units


def test_the_walk_shows_each_tier() -> None:
    found = price_quantity(Graduated(BANDS), Quantity(D(250)))
    assert [(one.quantity, one.unit_amount, one.exact) for one in found.steps] == [
        (100, 1, 100),
        (100, D("0.80"), 80),
        (50, D("0.50"), 25),
    ]


@given(
    low=st.decimals(0, 5000, places=3, allow_nan=False),
    more=st.decimals(0, 5000, places=3, allow_nan=False),
)
def test_more_never_costs_less_by_parts_and_nothing_jumps(low, more) -> None:
    price = Graduated(BANDS)
    before, after = (exact_amount(price, Quantity(one)) for one in (low, low + more))
    assert before <= after <= before + Fraction(more)  # no unit costs more than 1.00


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        ((), "expected the last tier to be open"),
        ((Tier(D(5), D(1)),), "expected the last tier to be open"),
        ((Tier(None, D(1)), Tier(None, D(1))), "expected only the last tier to be open"),
        ((Tier(D(5), D(1)), Tier(D(5), D(1)), Tier(None, D(1))), "expected a bound above 5"),
        ((Tier(D(0), D(1)), Tier(None, D(1))), "expected a bound above 0, found 0"),
        ((Tier(None, D(-1)),), "expected amounts >= 0"),
    ],
)
def test_tiers_that_overlap_or_leave_holes_are_refused(tiers, said) -> None:
    with pytest.raises(InvalidError, match=said):
        Graduated(tiers)


def test_a_matrix_names_each_combination_once_and_whole() -> None:
    with pytest.raises(InvalidError, match="expected 1 values, found 2"):
        Matrix(("a",), (Cell(("x", "y"), D(1)),), D(0))
    with pytest.raises(InvalidError, match="expected each combination once"):
        Matrix(("a",), (Cell(("x",), D(1)), Cell(("x",), D(2))), D(0))
    with pytest.raises(InvalidError, match="size: expected above 0, found 0"):
        Package(D(0), D(1))


def test_an_allowance_may_grow_with_the_period() -> None:
    assert [one.up_to for one in stretched(BANDS, Fraction(3, 2))] == [D(150), D(300), None]
    assert stretched(BANDS, Fraction(1, 3))[0].up_to == D("33.333333333333")
