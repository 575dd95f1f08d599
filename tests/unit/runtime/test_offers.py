"""Offers, coupons and grants as the API speaks of them: read, refused, shown as they were read."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from solde.domain.discounts import Coupon, Discount, Grant, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.runtime.offers import (
    GrantEnd,
    GrantModel,
    NewCoupon,
    OfferModel,
    coupon_shown,
    grant_shown,
    offer_shown,
)

TEN = {"name": "Ten", "percent": "10"}
FIVE = {"name": "Five", "amount": 500, "currency": "EUR"}


@pytest.mark.parametrize(
    ("said", "offer"),
    [
        (TEN, Offer("Ten", Discount(percent=Decimal(10)))),
        (FIVE, Offer("Five", Discount(amount=Money(5_00, "EUR")))),
        (
            {**TEN, "rank": -1, "periods": 3, "components": ["a"], "products": ["b"]},
            Offer(
                "Ten",
                Discount(percent=Decimal(10), rank=-1),
                periods=3,
                components=frozenset("a"),
                products=frozenset("b"),
            ),
        ),
        (
            {**FIVE, "level": "document", "carry": True},
            Offer("Five", Discount(amount=Money(5_00, "EUR")), Level.DOCUMENT, carry=True),
        ),
    ],
)
def test_an_offer_is_read_and_shown_alike(said: dict, offer: Offer) -> None:
    assert OfferModel.model_validate(said).offer() == offer
    shown = {name: value for name, value in offer_shown(offer).items() if value is not None}
    assert OfferModel.model_validate(shown).offer() == offer


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"name": "X"}, "/offer"),
        ({**TEN, **FIVE}, "/offer"),
        ({"name": "X", "amount": 5}, "/offer/currency"),
        ({**TEN, "currency": "EUR"}, "/offer/currency"),
        ({**TEN, "percent": "0"}, "/offer/percent"),
        ({**FIVE, "amount": 0}, "/offer/amount"),
        ({**FIVE, "amount": -5}, "/offer"),
        ({**FIVE, "currency": "eur"}, "/offer"),
        ({**TEN, "percent": "100.1"}, "/offer"),
        ({**TEN, "carry": True}, "/offer/carry"),
    ],
)
def test_what_takes_nothing_off_or_too_much_is_refused(said: dict, pointer: str) -> None:
    with pytest.raises(InvalidError) as refused:
        OfferModel.model_validate(said).offer()
    assert refused.value.pointer.startswith(pointer)


@pytest.mark.parametrize(
    "said",
    [
        {**TEN, "percent": 10},
        {**TEN, "percent": "-1"},
        {**TEN, "rank": 101},
        {**TEN, "periods": 0},
        {**TEN, "level": "group"},
        {**TEN, "surprise": 1},
        {"percent": "10", "name": ""},
    ],
)
def test_what_is_no_offer_is_refused_by_its_form(said: dict) -> None:
    with pytest.raises(ValidationError):
        OfferModel.model_validate(said)


def test_a_grant_is_of_a_coupon_or_an_offer() -> None:
    day = {"effective_on": "2013-06-01"}
    assert GrantModel.model_validate({**day, "coupon": "SPRING"}).offered() is None
    found = GrantModel.model_validate({**day, "offer": TEN}).offered()
    assert found == Offer("Ten", Discount(percent=Decimal(10)))
    for both in ({}, {"coupon": "SPRING", "offer": TEN}):
        with pytest.raises(InvalidError, match="expected either a coupon or an offer"):
            GrantModel.model_validate({**day, **both}).offered()


def test_a_grant_shows_its_days_and_its_offer() -> None:
    offer = Offer("Ten", Discount(percent=Decimal("10.50")))
    shown = grant_shown(Grant("dsc_1", offer, date(2013, 6, 1)))
    assert (shown["id"], shown["coupon"], shown["percent"]) == ("dsc_1", None, "10.5")
    assert (shown["effective_on"], shown["end_on"]) == ("2013-06-01", None)
    shown = grant_shown(Grant("dsc_1", offer, date(2013, 6, 1), date(2013, 7, 1), "SPRING"))
    assert (shown["coupon"], shown["end_on"]) == ("SPRING", "2013-07-01")


def test_a_coupon_is_read_and_shown() -> None:
    said = {
        "code": "SPRING",
        "offer": TEN,
        "from_on": "2013-06-01",
        "until_on": "2013-07-01",
        "redemptions": 5,
        "per_customer": 1,
    }
    coupon = NewCoupon.model_validate(said).coupon()
    days = date(2013, 6, 1), date(2013, 7, 1)
    assert coupon == Coupon("SPRING", Offer("Ten", Discount(percent=Decimal(10))), *days, 5, 1)
    shown = coupon_shown(coupon)
    assert {name: shown[name] for name in said if name != "offer"} == {
        name: value for name, value in said.items() if name != "offer"
    }
    endless = coupon_shown(NewCoupon.model_validate({"code": "A", "offer": TEN}).coupon())
    assert [endless[name] for name in ("from_on", "until_on", "redemptions")] == [None] * 3


def test_an_end_names_a_discount_and_a_day() -> None:
    said = {"discount": "dsc_1", "effective_on": "2013-07-01"}
    assert GrantEnd.model_validate(said).effective_on == date(2013, 7, 1)
    with pytest.raises(ValidationError):
        GrantEnd.model_validate({"discount": "", "effective_on": "2013-07-01"})
