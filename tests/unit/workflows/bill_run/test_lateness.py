"""The dead man: a run that is not closed in time is seen, whatever became of its trigger."""

from datetime import date

import pytest

from solde.ports.runs import RunStatus
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.lateness import lateness, stuck
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from tests.support.seller import Seller, at

# Paris is two hours ahead of UTC in June: 10:00 UTC is noon of the same day.
BEFORE_NOON = at("2013-06-01T09:59:00")
NOON = at("2013-06-01T10:00:00")
NEXT_NIGHT = at("2013-06-01T23:00:00")
NEXT_NOON = at("2013-06-02T10:00:00")


@pytest.fixture
def seller() -> Seller:
    """Two customers who are due on 1 June for the first time."""
    seller = Seller()
    seller.sells("basic", "100.00")
    for name in ("acme", "bolt"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("basic", "1"))
    return seller


def opened(seller: Seller, *, dry: bool = False):
    wanted = Wanted("FRA", date(2013, 6, 1), at("2013-06-01T00:00:00"), dry=dry)
    return open_run(wanted, seller.context)


def late(seller: Seller, instant) -> tuple[str, ...]:
    return lateness(instant, seller.context).late


def test_a_run_closed_in_time_is_not_late(seller: Seller) -> None:
    seller.runs_billing("2013-06-01")
    for instant in (BEFORE_NOON, NOON, NEXT_NIGHT, NEXT_NOON):
        assert late(seller, instant) == ()


def test_a_trigger_that_was_skipped_is_seen_when_the_next_day_has_not_caught_up(seller) -> None:
    assert late(seller, NEXT_NIGHT) == ()
    assert late(seller, NEXT_NOON) == ("FRA",)


def test_a_run_that_comes_days_late_ends_the_alarm(seller: Seller) -> None:
    assert late(seller, at("2013-06-09T10:00:00")) == ("FRA",)
    seller.runs_billing("2013-06-09")
    assert late(seller, at("2013-06-09T10:00:00")) == ()


def test_a_doubled_trigger_is_one_run_and_not_late(seller: Seller) -> None:
    seller.runs_billing("2013-06-01")
    seller.runs_billing("2013-06-01", hour=7)
    assert late(seller, NOON) == ()


def test_a_run_that_stands_still_is_late_at_noon_of_its_day(seller: Seller) -> None:
    run = opened(seller)
    seller.plans(run.id)
    assert late(seller, BEFORE_NOON) == ()
    assert late(seller, NOON) == ("FRA",)


def test_a_run_that_was_cancelled_is_late_while_its_customers_are_due(seller: Seller) -> None:
    cancel_run(opened(seller).id, BEFORE_NOON, seller.context)
    assert late(seller, NOON) == ("FRA",)
    seller.runs_billing("2013-06-02")
    assert late(seller, NEXT_NOON) == ()


def test_a_dry_run_bills_nobody_and_so_ends_no_alarm(seller: Seller) -> None:
    run = open_run(Wanted("FRA", date(2013, 6, 2), NEXT_NOON, dry=True), seller.context)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    assert late(seller, NEXT_NOON) == ("FRA",)


def test_a_dry_run_hides_neither_a_run_that_stands_still_nor_who_was_parked(seller) -> None:
    (profile,) = [key for key in seller.table.items if key == ("A#bolt", "B#1")]
    seller.table.items.pop(profile)
    seller.runs_billing("2013-06-01")
    further = Wanted("FRA", date(2013, 6, 1), NOON, dry=True, further=True)
    assert open_run(further, seller.context).attempt == 2
    assert lateness(NOON, seller.context).parked == 1


def test_who_falls_due_after_the_hour_of_the_run_is_the_next_ones(seller: Seller) -> None:
    seller.runs_billing("2013-06-01")
    seller.customer("cask")
    seller.subscribes("cask", "2013-06-02", ("basic", "1"))
    assert late(seller, NEXT_NOON) == ()
    assert late(seller, at("2013-06-03T10:00:00")) == ("FRA",)


def test_parked_customers_are_counted_until_a_run_has_billed_them(seller: Seller) -> None:
    (profile,) = [key for key in seller.table.items if key == ("A#bolt", "B#1")]
    kept = seller.table.items.pop(profile)
    seller.runs_billing("2013-06-01")
    found = lateness(NOON, seller.context)
    assert (found.late, found.parked) == ((), 1)
    assert lateness(NEXT_NIGHT, seller.context).parked == 1
    seller.table.items[profile] = kept
    seller.runs_billing("2013-06-02")
    assert lateness(NEXT_NOON, seller.context).parked == 0


def test_a_sealed_run_is_stuck_after_an_hour(seller: Seller) -> None:
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    sealed = seal_run(run.id, at("2013-06-01T04:00:00"), seller.context)
    assert sealed.status is RunStatus.SEALED
    assert stuck([sealed], at("2013-06-01T05:00:00")) == 0
    assert stuck([sealed], at("2013-06-01T05:00:01")) == 1
