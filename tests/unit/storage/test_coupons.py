"""Coupons, slots that can be taken once, and the discounts of customers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Grant, Offer
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.subscriptions import DiscountGranted
from solde.ports.records import first
from solde.storage.coupons import CouponTable, CouponUsedUpError, taken
from solde.storage.subscription_store import SubscriptionTable
from tests.support.seller import Seller

AT = datetime(2013, 1, 1, tzinfo=UTC)
START = date(2013, 1, 5)
TEN = Offer("Ten", Discount(percent=Decimal(10)))


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    return made


def state(seller: Seller):
    return seller.context.billing.state("acme", "FRA")


def grant(seller: Seller, name: str, slots=(), read=None) -> bool:
    read = read or state(seller)
    after = replace(read, rev=read.rev + 1)
    one = Grant(name, TEN, START)
    return CouponTable(seller.table).grant(one, read=read, after=after, slots=slots, at=AT)


def test_a_coupon_is_kept_once(seller) -> None:
    store = CouponTable(seller.table)
    coupon = Coupon("TEN", TEN, redemptions=3)
    store.put(coupon, first(AT, {}))
    store.put(coupon, None)  # the same again changes nothing
    assert store.coupon("TEN") == coupon
    with pytest.raises(StateConflictError, match="expected one not in use, found 'TEN'"):
        store.put(Coupon("TEN", TEN), None)
    with pytest.raises(NotFoundError, match="found 'NONE'"):
        store.coupon("NONE")


def test_slots_are_taken_in_order_until_none_is_left(seller) -> None:
    store = CouponTable(seller.table)
    coupon = Coupon("TEN", TEN, redemptions=5, per_customer=2)
    found = []
    for number in range(2):
        slots = store.free(coupon, "acme")
        found.append(tuple(slots))
        assert grant(seller, f"g{number}", slots)
    assert found == [("TEN#1", "TEN#acme#1"), ("TEN#2", "TEN#acme#2")]
    with pytest.raises(CouponUsedUpError, match="expected at most 2 redemptions"):
        store.free(coupon, "acme")
    assert store.free(coupon, "bolt") == ["TEN#3", "TEN#bolt#1"]
    assert store.free(Coupon("ANY", TEN), "acme") == []


def test_of_two_that_want_one_slot_one_gets_it(seller) -> None:
    store = CouponTable(seller.table)
    slots = store.free(Coupon("TEN", TEN, redemptions=1), "acme")
    assert grant(seller, "g1", slots)
    before = dict(seller.table.items)
    assert not grant(seller, "g2", slots)
    subscription = seller.subscribes("acme", "2013-01-05", ("basic", "1"))
    before = dict(seller.table.items)
    change = DiscountGranted(START, 1, Grant("g3", TEN, START))
    read = state(seller)
    changed = SubscriptionTable(seller.table).change(
        subscription, change, read=read, after=replace(read, rev=read.rev + 1), at=AT, slots=slots
    )
    assert not changed
    assert seller.table.items == before


def test_a_grant_from_a_state_that_has_moved_is_not_written(seller) -> None:
    stale = state(seller)
    assert grant(seller, "g1")
    assert not grant(seller, "g2", read=stale)
    assert not grant(seller, "g1")  # nor the same id again


def test_grants_of_a_customer_come_with_his_bill_and_end(seller) -> None:
    grant(seller, "g2")
    grant(seller, "g1")
    assert seller.context.billing.load("acme", "FRA").grants == (
        Grant("g1", TEN, START),
        Grant("g2", TEN, START),
    )
    read, end_on = state(seller), date(2013, 2, 1)
    after = replace(read, rev=read.rev + 1)
    assert CouponTable(seller.table).end("g1", end_on, read=read, after=after, at=AT)
    assert not CouponTable(seller.table).end("g1", end_on, read=read, after=after, at=AT)
    ends = [one.until_on for one in seller.context.billing.load("acme", "FRA").grants]
    assert ends == [end_on, date.max]


def test_grants_of_another_entity_are_another_matter(seller) -> None:
    grant(seller, "g1")
    for item in seller.table.items.values():
        if "#dsc#" in item["sk"]:
            item["entity"] = "BEL"
    assert seller.context.billing.load("acme", "FRA").grants == ()


def test_a_slot_says_who_has_it() -> None:
    (write,) = taken(["TEN#1"], "sub_1")
    assert write.item == {"pk": "EXT#coupon#TEN#1", "sk": "0", "schema": 1, "by": "sub_1"}
