"""A customer's bills, run by run, with the sums beside them."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.periods import NEVER
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.tiers import Tier
from solde.domain.subscriptions import Cancelled, Item, PlanChanged, QuantityChanged
from solde.ports.runs import RunStatus
from solde.storage import billing_state
from tests.support.seller import Seller


@pytest.fixture
def seller() -> Seller:
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.sells("basic", "100.00")
    seller.sells("pro", "160.00")
    tiers = (Tier(Decimal(100), Decimal("1.00")), Tier(None, Decimal("0.80")))
    seller.sells("calls", Graduated(tiers), ChargeKind.USAGE, "calls")
    seller.customer("acme")
    return seller


def test_seats_added_in_mid_month_are_billed_for_the_days_left(seller: Seller) -> None:
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    seller.changes(subscription, QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", Decimal(5)))
    seller.runs_billing("2013-06-15")
    seller.runs_billing("2013-07-01")
    assert seller.lines("acme") == [
        "FRA-2013-000001 seat 2013-06-01..2013-07-01 2997",  # 3 × 9.99
        "FRA-2013-000002 seat 2013-06-15..2013-07-01 1066",  # 2 × 9.99 × 16/30 = 10.656
        "FRA-2013-000003 seat 2013-07-01..2013-08-01 4995",  # 5 × 9.99
    ]


def test_an_upgrade_gives_back_the_unused_days_and_charges_the_new_ones(seller: Seller) -> None:
    subscription = seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    pro = Item("sit_new", "pro", "pro", Decimal(1), "pro")
    upgrade = PlanChanged(date(2013, 6, 15), 1, "pln2", ("sit_0_0",), (pro,))
    seller.changes(subscription, upgrade)
    seller.runs_billing("2013-06-15")
    assert seller.lines("acme") == [
        "FRA-2013-000001 basic 2013-06-01..2013-07-01 10000",
        "FRA-2013-000002 basic 2013-06-15..2013-07-01 -5333",  # 100.00 × 16/30
        "FRA-2013-000002 pro 2013-06-15..2013-07-01 8533",  # 160.00 × 16/30; net 32.00
    ]


def test_a_cancellation_alone_becomes_a_credit_note(seller: Seller) -> None:
    subscription = seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    seller.changes(subscription, Cancelled(date(2013, 6, 16), 1))
    seller.runs_billing("2013-06-16")
    note = seller.documents("acme")[-1]
    assert (note.kind, note.number, note.net_minor) == ("credit_note", "FRA-CN-2013-000001", 5000)
    assert seller.document(note)["corrects"][0]["number"] == "FRA-2013-000001"


def test_late_usage_moves_the_tiers_of_its_own_period(seller: Seller) -> None:
    """95 at 1.00 = 95.00; ten late: 100 at 1.00 + 5 at 0.80 = 104.00, so 9.00 more."""
    seller.subscribes("acme", "2013-06-01", ("calls", "1"))
    seller.used.days["sub_0", "calls", date(2013, 6, 10)] = Decimal(95)
    seller.runs_billing("2013-07-01")
    seller.used.days["sub_0", "calls", date(2013, 6, 20)] = Decimal(10)
    state = seller.context.billing.state("acme", "FRA")
    seller.table.write(billing_state.marked_by_usage(state, date(2013, 6, 20), date(2013, 7, 2)))
    seller.runs_billing("2013-07-02")
    assert [(one.number, one.net_minor) for one in seller.documents("acme")] == [
        ("FRA-2013-000001", 9500),
        ("FRA-2013-000002", 900),
    ]


def test_three_missed_months_are_caught_up_by_one_run(seller: Seller) -> None:
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-08-05")
    assert seller.lines("acme") == [
        "FRA-2013-000001 basic 2013-06-01..2013-07-01 10000",
        "FRA-2013-000001 basic 2013-07-01..2013-08-01 10000",
        "FRA-2013-000001 basic 2013-08-01..2013-09-01 10000",
    ]
    assert seller.runs_billing("2013-08-05", hour=9) == []
    assert len(seller.documents("acme")) == 1


def test_a_change_backdated_before_everything_billed_credits_it_all(seller: Seller) -> None:
    subscription = seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    seller.runs_billing("2013-07-01")
    seller.changes(subscription, Cancelled(date(2013, 6, 1), 1))
    seller.runs_billing("2013-07-02")
    assert (
        sum(
            one.net_minor * (1 if one.kind == "invoice" else -1) for one in seller.documents("acme")
        )
        == 0
    )
    assert seller.context.billing.state("acme", "FRA").due_on is None


def test_different_terms_make_two_invoices_and_say_why(seller: Seller) -> None:
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.subscribes("acme", "2013-06-01", ("seat", "1"), terms_days=45)
    seller.runs_billing("2013-06-01")
    first, second = seller.documents("acme")
    assert seller.document(first)["group"]["apart"] == ""
    assert seller.document(second)["group"]["apart"] == "terms_days"
    assert (second.due_on - second.issued_on).days == 45


def test_a_poisoned_customer_is_parked_and_the_others_are_issued(seller: Seller) -> None:
    for name in ("bad", "good"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("basic", "1"))
    key = next(key for key in seller.table.items if key.pk == "A#bad" and "B#2#" in key.sk)
    seller.table.items[key]["cycle"] = ["fortnight", 1, "2013-06-01"]
    (run,) = seller.runs_billing("2013-06-01")
    assert run.status is RunStatus.CLOSED
    assert (run.counts["invoice"], run.counts["parked"]) == (1, 1)
    (parked,) = [one for batch in seller.context.runs.batches(run.id) for one in batch.parked]
    assert (parked.customer_id, parked.code) == ("bad", "corrupt_item")
    assert len(seller.documents("good")) == 1


def test_an_unknown_end_never_stops_the_next_due_day(seller: Seller) -> None:
    seller.subscribes("acme", "2013-06-10", ("basic", "1"))
    seller.runs_billing("2013-06-10")
    state = seller.context.billing.state("acme", "FRA")
    assert (state.due_on, state.covered_to) == (date(2013, 7, 1), date(2013, 7, 1))
    assert date(9999, 12, 31) == NEVER


def test_a_customer_with_an_invoice_day_gets_everything_on_it(seller: Seller) -> None:
    """Devices switched on and seats added in mid-month wait for the one invoice of the 1st."""
    seller.customer("monthly", invoice_day=1)
    subscription = seller.subscribes("monthly", "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    seller.changes(subscription, QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", Decimal(5)))
    assert seller.runs_billing("2013-06-15") == []
    seller.runs_billing("2013-07-01")
    assert seller.lines("monthly")[1:] == [
        "FRA-2013-000002 seat 2013-06-15..2013-07-01 1066",
        "FRA-2013-000002 seat 2013-07-01..2013-08-01 4995",
    ]
