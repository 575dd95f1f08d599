"""Amounts in units become money row by row, exactly, by every model and at every position."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.pricing import Part, Quantity, by_total, exact_amount, price_part, price_quantity
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(None, D("0.80")))


def credits_of(model, value: str = "0.02") -> InUnits:
    return InUnits(model, "credit", "Credits", D(value))


def test_each_row_is_so_much_money() -> None:
    found = price_quantity(credits_of(Graduated(BANDS)), Quantity(D(150)))
    rows = [(one.quantity, one.unit_amount, one.product) for one in found.steps]
    assert rows == [(100, D("0.02"), D("2.00")), (50, D("0.016"), D("0.80"))]
    assert found.exact == Fraction("2.8")


def test_a_third_of_a_unit_stays_one() -> None:
    """8 ÷ 3 credits at 0.02: 16/300."""
    assert exact_amount(credits_of(Formula.of("quantity / 3")), Quantity(D(8))) == Fraction(16, 300)


PARTS = [
    # 60 after 80 of 140: 20 × 1.00 and 40 × 0.80 are 52 credits; by volume all 60 × 0.80, 48
    (Graduated(BANDS), "1.04"),
    (Volume(BANDS), "0.96"),
    (PerUnit(D(3)), "3.6"),
]


@pytest.mark.parametrize(("model", "expected"), PARTS)
def test_a_part_of_the_count_is_priced_at_its_position(model, expected) -> None:
    after, before = Quantity(D(140)), Quantity(D(80))
    assert price_part(credits_of(model), Part(after, before, after)).exact == Fraction(expected)
    assert by_total(credits_of(model)) is isinstance(model, Volume)


def test_less_than_nothing_is_the_mirror_image() -> None:
    assert exact_amount(credits_of(PerUnit(D(3))), Quantity(D(-10))) == Fraction("-0.6")


def test_how_many_units_an_amount_is() -> None:
    assert credits_of(PerUnit(D(3))).units_of(Fraction("0.6")) == 30
    assert credits_of(PerUnit(D(3)), "0.03").units_of(Fraction(1)) == Fraction(100, 3)
