"""What is asked to be granted, read against the coupons there are and the seller's own day."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Offer
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import NEVER
from solde.runtime import clock, grants, wiring
from solde.runtime.offers import GrantModel
from solde.storage.coupons import CouponTable
from solde.storage.entities import EntityTable
from solde.workflows.grant_discount import Given
from tests.support.deployment import deployed
from tests.support.seller import ENTITY, at

TEN = Offer("Ten", Discount(percent=Decimal(10)))
JUNE, JULY = date(2013, 6, 1), date(2013, 7, 1)
BY_HAND = {"effective_on": "2013-06-01", "offer": {"name": "Ten", "percent": "10"}}
BY_COUPON = {"effective_on": "2013-06-01", "coupon": "SPRING"}


@pytest.fixture
def cloud(monkeypatch):
    """A coupon for June, redeemed twice in all and once by a customer; Paris is two hours ahead."""
    with deployed(monkeypatch) as made:
        EntityTable(made.table).put(ENTITY)
        CouponTable(made.table).put(Coupon("SPRING", TEN, JUNE, JULY, 2, 1), None)
        monkeypatch.setattr(clock, "_seen", (float("inf"), at("2013-06-05T12:00:00")))
        yield made


def given(said: dict) -> Given:
    return grants.given(GrantModel.model_validate(said), ENTITY.code)


def test_an_offer_by_hand_is_what_it_says(cloud) -> None:
    assert given(BY_HAND) == Given(TEN, JUNE, NEVER)
    assert given({**BY_HAND, "end_on": "2013-07-01"}) == Given(TEN, JUNE, JULY)


def test_a_coupon_gives_its_offer(cloud) -> None:
    assert given(BY_COUPON) == Given(TEN, JUNE, NEVER, "SPRING")
    with pytest.raises(NotFoundError, match="found 'NONE'"):
        given({**BY_COUPON, "coupon": "NONE"})


@pytest.mark.parametrize(
    ("instant", "may"),
    [
        ("2013-05-31T21:59:59", False),
        ("2013-05-31T22:00:00", True),  # midnight in Paris
        ("2013-06-30T21:59:59", True),
        ("2013-06-30T22:00:00", False),
    ],
)
def test_the_day_is_that_of_the_seller(cloud, monkeypatch, instant: str, may: bool) -> None:
    monkeypatch.setattr(clock, "_seen", (float("inf"), at(instant)))
    if may:
        assert given(BY_COUPON).coupon == "SPRING"
        return
    with pytest.raises(InvalidError, match="coupon: expected to be redeemed from 2013-06-01"):
        given(BY_COUPON)


def test_a_redemption_takes_slots_and_an_offer_none(cloud) -> None:
    assert grants.slots_of(GrantModel.model_validate(BY_HAND), "cus_1") == ()
    found = grants.slots_of(GrantModel.model_validate(BY_COUPON), "cus_1")
    assert list(found) == ["SPRING#1", "SPRING#cus_1#1"]


def test_grants_are_written_by_the_stores_of_the_process(cloud) -> None:
    context = grants.grant_context()
    assert context.billing is wiring.billing()
    assert context.entities is wiring.entities()
    assert context.discounts is wiring.discounts()
