"""What an offer is good for, and for how long."""

from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.money import Money

TEN = Discount(percent=Decimal(10))
FIVE = Discount(amount=Money(5_00, "EUR"))


def test_so_many_periods_or_all() -> None:
    assert [Offer("o", TEN, periods=2).covers(number) for number in (-1, 0, 1, 2)] == [
        False,
        True,
        True,
        False,
    ]
    assert Offer("o", TEN).covers(999)


def test_what_is_carried_goes_on_and_is_granted_for_its_periods_only() -> None:
    once = Offer("o", FIVE, Level.DOCUMENT, periods=1, carry=True)
    assert [once.covers(number) for number in (-1, 0, 1, 9)] == [False, True, True, True]
    assert [once.granted_by(number) for number in (0, 1, 9)] == [1, 1, 1]
    assert Offer("o", FIVE, Level.DOCUMENT).granted_by(9) == 10


def test_named_components_and_products_or_all() -> None:
    assert Offer("o", TEN).good_for("seats", "prd")
    assert not Offer("o", TEN, products=frozenset({"fee"})).good_for("seats", "prd")
    named = Offer("o", TEN, components=frozenset({"seats"}), products=frozenset({"prd"}))
    assert named.good_for("seats", "prd")
    assert not named.good_for("seats", "fee")
    assert not named.good_for("calls", "prd")


@pytest.mark.parametrize(
    ("discount", "wrong", "said"),
    [
        (TEN, {"from_quantity": Decimal(0)}, "from_quantity: expected more than 0, found 0"),
        (TEN, {"periods": 0}, "periods: expected at least 1, found 0"),
        (TEN, {"carry": True, "level": Level.DOCUMENT}, "found with a percent"),
        (FIVE, {"carry": True}, "found with a line"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(discount, wrong, said) -> None:
    with pytest.raises(InvalidError, match=said):
        Offer("o", discount, **wrong)
