"""Offers, grants and coupons survive the store, and what says nothing is not written."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Grant, Level, Offer
from solde.domain.money import Money
from solde.storage.discounts import (
    coupon_from_item,
    coupon_to_item,
    grant_from_item,
    grant_to_item,
)
from tests.support.model_table import _copied

JUNE, JULY = date(2027, 6, 1), date(2027, 7, 1)
PLAIN = Offer("Ten", Discount(percent=Decimal("12.5")))
FULL = Offer(
    name="Loyal",
    discount=Discount(amount=Money(5_00, "EUR"), rank=-3),
    level=Level.DOCUMENT,
    periods=3,
    components=frozenset({"seats", "calls"}),
    products=frozenset({"prd"}),
    carry=True,
    from_quantity=Decimal("2.5"),
    together=frozenset({"prd", "other"}),
)


@pytest.mark.parametrize(
    "grant", [Grant("g", PLAIN, JUNE), Grant("g", FULL, JUNE, until_on=JULY, coupon="SPRING")]
)
def test_a_grant_comes_back(grant) -> None:
    assert grant_from_item(_copied(grant_to_item(grant))) == grant


@pytest.mark.parametrize(
    "coupon",
    [
        Coupon("PLAIN", PLAIN),
        Coupon("FULL", FULL, from_on=JUNE, until_on=JULY, redemptions=100, per_customer=1),
    ],
)
def test_a_coupon_comes_back(coupon) -> None:
    assert coupon_from_item(_copied(coupon_to_item(coupon))) == coupon


def test_a_plain_grant_is_small() -> None:
    assert grant_to_item(Grant("g", PLAIN, JUNE)) == {
        "id": "g",
        "offer": {"name": "Ten", "percent": "12.5", "level": "line"},
        "from_on": "2027-06-01",
    }
