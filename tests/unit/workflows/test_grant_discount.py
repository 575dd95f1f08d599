"""An offer becomes a fact of a subscription: what it names must be there, in its currency."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Offer
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.money import Money
from solde.domain.periods import NEVER
from solde.domain.subscriptions import granted
from solde.workflows.grant_discount import (
    Given,
    end_discount,
    grant_discount,
    must_stand,
    redeemed,
)
from tests.support.desk import Desk

D = Decimal
JUNE, JULY = date(2013, 6, 1), date(2013, 7, 1)
TEN = Offer("Ten", Discount(percent=D(10)))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def sold(desk: Desk):
    return desk.subscribes("2013-06-01")


def grants(desk: Desk, sold, offer: Offer = TEN, on: date = JUNE):
    make = grant_discount(Given(offer, on), desk.context.new_id)
    return desk.changes(sold, make, "2013-06-01")


def test_it_is_granted_from_a_day_on_and_billed(desk: Desk, sold) -> None:
    after = grants(desk, sold)
    (one,) = granted(after)
    assert (one.offer, one.from_on, one.until_on, one.coupon) == (TEN, JUNE, NEVER, "")
    assert one.id.startswith("dsc_")
    desk.seller.runs_billing("2013-06-01")
    (line,) = desk.issued()[0]["lines"]
    assert line["net"] == 26_97  # 3 × 9.99 = 29.97, less 3.00 (2.997 rounded)


@pytest.mark.parametrize(
    ("offer", "pointer", "said"),
    [
        (
            Offer("Five", Discount(amount=Money(5_00, "USD"))),
            "/offer/currency",
            "currency: expected EUR, found USD",
        ),
        (
            replace(TEN, components=frozenset({"seat", "desk"})),
            "/offer/components",
            r"components: expected some of \['fee', 'seat'\], found \['desk'\]",
        ),
        (
            replace(TEN, products=frozenset({"prd_x"})),
            "/offer/products",
            r"products: expected some of \['prd_s'\], found \['prd_x'\]",
        ),
    ],
)
def test_what_would_take_nothing_off_is_refused(desk: Desk, sold, offer, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        grants(desk, sold, offer)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "offer",
    [
        Offer("Five", Discount(amount=Money(5_00, "EUR"))),
        replace(TEN, components=frozenset({"seat"}), products=frozenset({"prd_s"})),
    ],
)
def test_what_it_names_is_there(desk: Desk, sold, offer: Offer) -> None:
    assert granted(grants(desk, sold, offer))[0].offer == offer


def test_it_ends_on_a_day_on_which_it_stands(desk: Desk, sold) -> None:
    (one,) = granted(grants(desk, sold))
    ended = desk.changes(sold, end_discount(one.id, JULY), "2013-06-01")
    assert granted(ended)[0].until_on == JULY
    with pytest.raises(InvalidError, match="expected 2013-06-01 or later and before 2013-07-01"):
        desk.changes(sold, end_discount(one.id, JULY), "2013-06-01")
    with pytest.raises(NotFoundError, match="discount: expected one of this object, found 'dsc_x'"):
        desk.changes(sold, end_discount("dsc_x", JULY), "2013-06-01")


@pytest.mark.parametrize(("on", "stands"), [(JUNE, True), (date(2013, 6, 30), True), (JULY, False)])
def test_the_days_on_which_it_stands(on: date, stands: bool) -> None:
    grant = Given(TEN, JUNE, JULY).grant(lambda prefix: f"{prefix}_1")
    if stands:
        must_stand([grant], "dsc_1", on)
        return
    with pytest.raises(InvalidError) as refused:
        must_stand([grant], "dsc_1", on)
    assert refused.value.pointer == "/effective_on"


def test_one_that_has_not_begun_cannot_end() -> None:
    grant = Given(TEN, JULY).grant(lambda prefix: f"{prefix}_1")
    with pytest.raises(InvalidError, match="expected 2013-07-01 or later"):
        must_stand([grant], "dsc_1", JUNE)


@pytest.mark.parametrize(
    ("today", "may"),
    [("2013-05-31", False), ("2013-06-01", True), ("2013-06-30", True), ("2013-07-01", False)],
)
def test_a_coupon_is_redeemed_on_its_days(today: str, may: bool) -> None:
    coupon, day = Coupon("SPRING", TEN, JUNE, JULY), date.fromisoformat(today)
    if may:
        given = redeemed(coupon, date(2013, 8, 1), NEVER, day)
        assert given == Given(TEN, date(2013, 8, 1), NEVER, "SPRING")
        return
    with pytest.raises(InvalidError, match=f"found {today}") as refused:
        redeemed(coupon, date(2013, 8, 1), NEVER, day)
    assert refused.value.pointer == "/coupon"
