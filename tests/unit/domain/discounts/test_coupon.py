"""What a coupon is good for."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount
from solde.domain.errors import InvalidError

TEN = Discount(percent=Decimal(10))


def test_so_many_periods_and_between_two_days() -> None:
    coupon = Coupon("new", TEN, 2, from_on=date(2027, 1, 1), until_on=date(2027, 3, 1))
    found = [coupon.covers(number, date(2027, number + 1, 1)) for number in range(3)]
    assert found == [True, True, False]
    assert not coupon.covers(0, date(2026, 12, 31))
    assert not coupon.covers(0, date(2027, 3, 1))


def test_named_products_or_all() -> None:
    assert Coupon("c", TEN).good_for("seats")
    assert not Coupon("c", TEN, products=frozenset({"fee"})).good_for("seats")


def test_a_coupon_that_covers_nothing_is_refused() -> None:
    with pytest.raises(InvalidError, match="periods: expected at least 1, found 0"):
        Coupon("c", TEN, 0)
    with pytest.raises(InvalidError, match="until_on: expected after 2027-01-01"):
        Coupon("c", TEN, from_on=date(2027, 1, 1), until_on=date(2027, 1, 1))
