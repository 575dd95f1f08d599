"""The whole quantity at the price of the band that it reaches: cheaper at a bound, on purpose."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume, price_volume

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
FEES = (Tier(D(10), D(0), D(5)), Tier(None, D(1), D(7)))

quantities = st.decimals(0, 5000, places=3, allow_nan=False)


@pytest.mark.parametrize(
    ("model", "quantity", "expected"),
    [
        (Volume(BANDS), "150", "120"),
        (Volume(BANDS), "100", "100"),
        (Volume(BANDS), "100.5", "80.4"),
        (Volume(BANDS), "105", "84"),  # less than 100 units cost: what is late may be a credit
        (Volume(BANDS), "200", "160"),
        (Volume(BANDS), "201", "100.5"),
        (Volume(BANDS), "0", "0"),
        (Volume(FEES), "10", "5"),
        (Volume(FEES), "12", "19"),  # 7 + 12 × 1
        (Volume(FEES), "0", "0"),
        (Volume(FEES, flat_at_zero=True), "0", "5"),
    ],
)
def test_all_of_it_at_one_price(model, quantity, expected) -> None:
    assert exact_amount(model, Quantity(D(quantity))) == Fraction(expected)


def test_the_walk_has_the_flat_amount_first() -> None:
    found = price_volume(Volume(FEES), Quantity(D(12)))
    assert [(one.label, one.exact) for one in found.steps] == [("flat", 7), ("", 12)]


@given(quantity=quantities)
def test_by_volume_never_costs_more_than_by_parts_where_bands_get_cheaper(quantity) -> None:
    by_volume = exact_amount(Volume(BANDS), Quantity(quantity))
    assert by_volume <= exact_amount(Graduated(BANDS), Quantity(quantity))


@given(low=quantities, high=quantities)
def test_within_one_band_more_never_costs_less(low, high) -> None:
    low, high = sorted((low % 100 + 1, high % 100 + 1))
    amounts = [exact_amount(Volume(BANDS), Quantity(one + 200)) for one in (low, high)]
    assert amounts == sorted(amounts)


def test_nothing_is_walked_through_where_nothing_was_used() -> None:
    assert price_volume(Volume(FEES), Quantity(D(0))).steps == ()
    found = price_volume(Volume(FEES, flat_at_zero=True), Quantity(D(0))).steps
    assert [(one.label, one.quantity, one.exact) for one in found] == [("flat", 1, 5), ("", 0, 0)]
    (only,) = price_volume(Volume(BANDS), Quantity(D(5))).steps
    assert (only.quantity, only.label) == (5, "")


@pytest.mark.parametrize("model", [Volume, Stairstep, Graduated])
def test_tiers_are_looked_at_when_the_price_is_made(model) -> None:
    with pytest.raises(InvalidError, match="expected the last tier to be open"):
        model((Tier(D(5), D(0)),))
