"""A percentage of each part of an amount."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.tiers import Tier

D = Decimal
PRICE = GraduatedPercentage((Tier(D(1000), D(3)), Tier(None, D("1.5"), D(2))))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "0"),
        ("500", "15"),
        ("1000", "30"),
        ("3000", "62"),  # 30.00 + 2.00 on entering + 1.5 % of 2,000.00
    ],
)
def test_each_part_at_its_own_percentage(amount, expected) -> None:
    assert exact_amount(PRICE, Quantity(D(amount))) == Fraction(expected)


def test_more_than_all_of_it_is_refused() -> None:
    with pytest.raises(InvalidError, match="percent: expected at most 100, found 101"):
        GraduatedPercentage((Tier(None, D(101)),))


def test_all_of_it_is_no_mistake_and_more_is_pointed_at() -> None:
    whole = GraduatedPercentage((Tier(D(10), D(100)), Tier(None, D(0))))
    assert exact_amount(whole, Quantity(D(15))) == 10
    with pytest.raises(InvalidError) as refused:
        GraduatedPercentage((Tier(D(10), D(1)), Tier(None, D("100.01"))))
    assert refused.value.pointer == "/tiers/1/unit_amount"


@pytest.mark.parametrize(("amount", "expected"), [("-3000", "-62"), ("0.5", "0.015")])
def test_what_is_taken_back_is_the_mirror_image(amount, expected) -> None:
    assert exact_amount(PRICE, Quantity(D(amount))) == Fraction(expected)


def test_an_amount_of_nothing_may_pay_the_flat_amount_by_policy() -> None:
    tiers = (Tier(D(10), D(1), D(5)), Tier(None, D(0)))
    assert exact_amount(GraduatedPercentage(tiers, flat_at_zero=True), Quantity(D(0))) == 5
    assert exact_amount(GraduatedPercentage(tiers), Quantity(D(0))) == 0


def test_tiers_are_looked_at_when_the_price_is_made() -> None:
    with pytest.raises(InvalidError, match="expected the last tier to be open"):
        GraduatedPercentage((Tier(D(5), D(1)),))
