"""Bands: 100 at 1.00, the next 100 at 0.80, then 0.50; each part at the price of its own."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.graduated import Graduated, price_graduated
from solde.domain.pricing.tiers import FlatDue, Tier

D = Decimal
BANDS = Graduated((Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50"))))
FEES = (Tier(D(10), D(0), D(5)), Tier(None, D(1), D(7)))

quantities = st.decimals(0, 5000, places=3, allow_nan=False)


@pytest.mark.parametrize(
    ("model", "quantity", "expected"),
    [
        (BANDS, "150", "140"),  # 100 + 50 × 0.80
        (BANDS, "100", "100"),  # up to, inclusive
        (BANDS, "100.5", "100.4"),  # decimals leave no holes
        (BANDS, "200", "180"),
        (BANDS, "200.01", "180.005"),
        (BANDS, "250", "205"),  # 100 + 80 + 25
        (BANDS, "0", "0"),
        (Graduated(FEES), "0", "0"),  # no flat amount without a unit
        (Graduated(FEES), "0.5", "5"),
        (Graduated(FEES), "10", "5"),
        (Graduated(FEES), "10.25", "12.25"),  # 5 + 7 + 0.25
        (Graduated(FEES), "12", "14"),  # 5 + 7 + 2 × 1
        (Graduated(FEES, flat_due=FlatDue.REACHED), "10", "5"),
        (Graduated(FEES, flat_due=FlatDue.REACHED), "12", "9"),  # 7 + 2 × 1
        (Graduated(FEES, flat_at_zero=True), "0", "5"),
    ],
)
def test_each_part_at_the_price_of_its_band(model, quantity, expected) -> None:
    assert exact_amount(model, Quantity(D(quantity))) == Fraction(expected)


def test_the_walk_shows_each_band() -> None:
    found = price_graduated(BANDS, Quantity(D(250)))
    assert [(one.quantity, one.unit_amount, one.exact) for one in found.steps] == [
        (100, 1, 100),
        (100, D("0.80"), 80),
        (50, D("0.50"), 25),
    ]


@given(low=quantities, more=quantities)
def test_more_never_costs_less_and_nothing_jumps(low, more) -> None:
    before, after = (exact_amount(BANDS, Quantity(one)) for one in (low, low + more))
    assert before <= after <= before + Fraction(more)  # no unit costs more than 1.00


@given(low=quantities, more=quantities)
def test_a_flat_amount_is_the_only_jump(low, more) -> None:
    """At most 5 and 7 where tiers are entered, and 1.00 a unit."""
    before, after = (exact_amount(Graduated(FEES), Quantity(one)) for one in (low, low + more))
    assert before <= after <= before + 12 + Fraction(more)


@given(quantity=quantities, bound=st.decimals(1, 99, places=2, allow_nan=False))
def test_a_bound_inside_a_band_changes_nothing(quantity, bound) -> None:
    finer = Graduated((Tier(bound, D("1.00")), *BANDS.tiers))
    assert exact_amount(finer, Quantity(quantity)) == exact_amount(BANDS, Quantity(quantity))


def test_the_walk_names_flat_amounts() -> None:
    found = price_graduated(Graduated(FEES), Quantity(D(12))).steps
    assert [(one.label, one.quantity, one.exact) for one in found] == [
        ("flat", 1, 5),
        ("", 10, 0),
        ("flat", 1, 7),
        ("", 2, 2),
    ]
    (only,) = price_graduated(Graduated(FEES, flat_at_zero=True), Quantity(D(0))).steps
    assert (only.label, only.quantity) == ("flat", 1)


def test_nothing_is_walked_through_where_nothing_was_used() -> None:
    assert price_graduated(BANDS, Quantity(D(0))).steps == ()
    assert len(price_graduated(BANDS, Quantity(D(100))).steps) == 1  # the bound is inside
