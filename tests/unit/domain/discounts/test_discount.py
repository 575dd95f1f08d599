"""Discounts one after the other."""

from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Order, discounted
from solde.domain.errors import InvalidError
from solde.domain.money import Money


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def percent(value: str, rank: int = 0) -> Discount:
    return Discount(percent=Decimal(value), rank=rank)


def fixed(minor: int, rank: int = 0) -> Discount:
    return Discount(amount=eur(minor), rank=rank)


@pytest.mark.parametrize(
    ("gross", "discounts", "order", "expected"),
    [
        (100_00, [percent("10"), fixed(5_00)], Order.PERCENT_FIRST, [10_00, 5_00]),  # 85.00 left
        (99_99, [percent("10"), percent("5")], Order.PERCENT_FIRST, [10_00, 4_50]),  # 85.49
        (1_01, [percent("10")], Order.PERCENT_FIRST, [10]),
        (100_00, [fixed(50_00), percent("10")], Order.PERCENT_FIRST, [50_00, 10_00]),
        (100_00, [fixed(50_00), percent("10")], Order.AS_LISTED, [50_00, 5_00]),
        (100_00, [fixed(50_00), percent("10", 1)], Order.PERCENT_FIRST, [50_00, 5_00]),  # by rank
        (100_00, [percent("10"), percent("50")], Order.EACH_ON_ORIGINAL, [10_00, 50_00]),
        (100_00, [percent("60"), percent("60")], Order.EACH_ON_ORIGINAL, [60_00, 40_00]),
        (20_00, [fixed(15_00), fixed(15_00)], Order.PERCENT_FIRST, [15_00, 5_00]),  # never below
        (20_00, [], Order.PERCENT_FIRST, []),
    ],
)
def test_what_is_taken_off(gross, discounts, order, expected) -> None:
    assert [one.minor for one in discounted(eur(gross), discounts, order)] == expected


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "expected either a percent or an amount"),
        ({"percent": Decimal(101)}, "percent: expected 0 to 100, found 101"),
        ({"amount": Money(-1, "EUR")}, r"amount: expected >= 0, found -0\.01"),
    ],
)
def test_a_discount_that_makes_no_sense_is_refused(wrong, said) -> None:
    with pytest.raises(InvalidError, match=said):
        Discount(**wrong)
