"""When a coupon may be redeemed."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Offer
from solde.domain.errors import InvalidError

TEN = Offer("Ten", Discount(percent=Decimal(10)))


def test_between_two_days() -> None:
    coupon = Coupon("new", TEN, from_on=date(2027, 1, 1), until_on=date(2027, 3, 1))
    asked = ("2026-12-31", "2027-01-01", "2027-02-28", "2027-03-01")
    assert [coupon.redeemable(date.fromisoformat(on)) for on in asked] == [False, True, True, False]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"from_on": date(2027, 1, 1), "until_on": date(2027, 1, 1)}, "/until_on"),
        ({"redemptions": 0}, "/redemptions"),
        ({"per_customer": -1}, "/per_customer"),
    ],
)
def test_a_coupon_that_nobody_could_redeem_is_refused(wrong, pointer) -> None:
    with pytest.raises(InvalidError) as refused:
        Coupon("c", TEN, **wrong)
    assert refused.value.pointer == pointer
