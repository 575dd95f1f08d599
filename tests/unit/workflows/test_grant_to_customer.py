"""A customer's discount holds for all he has and will have, and moves what is to be billed."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.discounts import Coupon, Discount, Grant, Offer
from solde.domain.errors import InvalidError, NotFoundError, StoreUnavailableError
from solde.storage.coupons import CouponTable
from solde.workflows.grant_to_customer import (
    GrantContext,
    end_for_customer,
    grant_to_customer,
)
from tests.support.desk import ENTITY, Desk, noon

JUNE, JULY = date(2013, 6, 1), date(2013, 7, 1)
TEN = Offer("Ten", Discount(percent=Decimal(10)))
WHEN = noon("2013-06-05")


@pytest.fixture
def desk() -> Desk:
    """Three seats, billed for June: 29.97."""
    desk = Desk()
    desk.subscribes("2013-06-01")
    desk.seller.runs_billing("2013-06-01")
    return desk


@pytest.fixture
def context(desk: Desk) -> GrantContext:
    run = desk.seller.context
    return GrantContext(run.billing, run.entities, CouponTable(desk.seller.table))


def state(desk: Desk):
    return desk.seller.context.billing.state("acme", ENTITY)


def test_what_is_granted_for_billed_days_comes_out_as_a_correction(desk: Desk, context) -> None:
    grant_to_customer("acme", ENTITY, Grant("dsc_1", TEN, JUNE), WHEN, context)
    assert (state(desk).dirty_from, state(desk).due_on) == (JUNE, date(2013, 6, 5))
    desk.seller.runs_billing("2013-06-05")
    lines = [line for one in desk.issued() for line in one["lines"]]
    assert [line["net"] for line in lines] == [29_97, 3_00]
    assert desk.issued()[1]["kind"] == "credit_note"


def test_a_subscription_to_come_has_it_too(desk: Desk, context) -> None:
    grant_to_customer("acme", ENTITY, Grant("dsc_1", TEN, JULY), WHEN, context)
    desk.subscribes("2013-07-01", 1)
    desk.seller.runs_billing("2013-07-01")
    lines = [line for line in desk.issued()[-1]["lines"] if line["component"] == "seat"]
    assert sorted(line["net"] for line in lines) == [8_99, 26_97]  # 9.99 and 29.97, less 10 %


def test_it_ends_before_the_periods_that_begin_then(desk: Desk, context) -> None:
    grant_to_customer("acme", ENTITY, Grant("dsc_1", TEN, JULY), WHEN, context)
    august = date(2013, 8, 1)
    end_for_customer("acme", ENTITY, ("dsc_1", august), WHEN, context)
    held = desk.seller.context.billing.load("acme", ENTITY).grants
    assert [(one.from_on, one.until_on) for one in held] == [(JULY, august)]
    with pytest.raises(NotFoundError, match="found 'dsc_2'"):
        end_for_customer("acme", ENTITY, ("dsc_2", august), WHEN, context)
    with pytest.raises(InvalidError, match="and before 2013-08-01"):
        end_for_customer("acme", ENTITY, ("dsc_1", august), WHEN, context)


def test_days_behind_the_horizon_are_refused(desk: Desk, context) -> None:
    before = dict(desk.seller.table.items)
    early = Grant("dsc_1", TEN, date(2012, 5, 4))  # 396 days before are 5 May
    with pytest.raises(InvalidError, match="expected 2012-05-05 or later, found 2012-05-04") as no:
        grant_to_customer("acme", ENTITY, early, WHEN, context)
    assert no.value.pointer == "/effective_on"
    assert desk.seller.table.items == before


def test_slots_are_looked_for_at_every_try(desk: Desk, context, monkeypatch) -> None:
    """Who takes the same slot at once must find the next one when it reads again."""
    table = context.discounts
    coupon = Coupon("SPRING", TEN, redemptions=2)
    table.put(coupon, None)
    asked = []

    def slots():
        asked.append(1)
        return table.free(coupon, "acme")

    for number in (1, 2):
        grant = Grant(f"dsc_{number}", TEN, JULY, coupon="SPRING")
        grant_to_customer("acme", ENTITY, grant, WHEN, context, slots=slots)
    assert len(asked) == 2
    monkeypatch.setattr(table, "grant", lambda *_, **__: False)
    with pytest.raises(StoreUnavailableError, match="acme"):
        grant_to_customer("acme", ENTITY, Grant("dsc_3", TEN, JULY), WHEN, context)
