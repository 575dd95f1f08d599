"""What Stripe tells is booked once: in any order, any number of times, right or wrong."""

from datetime import date
from itertools import permutations

import pytest

from solde.ports.payments import DeliveryStatus
from tests.support.shop import Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_payment_settles_its_invoice_and_stops_the_chase(shop: Shop) -> None:
    assert shop.paid("evt_1", 119_60) is DeliveryStatus.DONE
    invoice = shop.invoice
    assert (invoice.status, invoice.paid_minor, invoice.next_action_on) == ("paid", 119_60, None)
    assert shop.balance("411") == 0
    assert shop.balance("512") == 119_60


@pytest.mark.parametrize("times", [2, 5])
def test_the_same_delivery_again_books_nothing(shop: Shop, times: int) -> None:
    for _ in range(times):
        shop.paid("evt_1", 119_60)
    assert len(shop.items("P#pay")) == 1


def test_one_payment_told_by_two_events_is_booked_once(shop: Shop) -> None:
    shop.session("evt_1", 119_60)
    shop.paid("evt_2", 119_60)
    assert len(shop.items("P#pay")) == 1
    assert shop.balance("512") == 119_60


def test_the_surplus_is_unapplied_credit_and_never_lost(shop: Shop) -> None:
    shop.paid("evt_1", 130_00)
    assert shop.invoice.paid_minor == 119_60
    assert shop.items("X#")[0]["left"] == 10_40
    assert shop.balance("4191") == -10_40


def test_a_part_leaves_the_invoice_open_and_a_second_part_settles_it(shop: Shop) -> None:
    shop.paid("evt_1", 100_00)
    assert (shop.invoice.status, shop.invoice.paid_minor) == ("partly_paid", 100_00)
    shop.paid("evt_2", 19_60, intent="pi_2")
    assert shop.invoice.status == "paid"
    assert shop.balance("411") == 0


@pytest.mark.parametrize("order", list(permutations(["paid", "session", "half", "all"])))
def test_every_order_of_the_same_facts_ends_the_same(order: tuple[str, ...]) -> None:
    shop = Shop()
    acts = {
        "paid": lambda: shop.paid("evt_1", 119_60),
        "session": lambda: shop.session("evt_2", 119_60),
        "half": lambda: shop.refunded("evt_3", 60_00),
        "all": lambda: shop.refunded("evt_4", 119_60),
    }
    for name in order:
        acts[name]()
    (payment,) = shop.items("P#pay")
    assert (payment["total"], payment["refunded"]) == (119_60, 119_60)
    assert shop.balance("512") == 0
    assert sum(item["amount"] for item in shop.items("P#ref")) == 119_60


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": "usd"}, "currency: expected EUR, found USD"),
        ({"metadata": {"invoice_id": "inv_00000000000000000000000000"}}, "invoice: expected"),
        ({"metadata": {}}, "invoice: expected one of ours, found ''"),
        ({"amount_received": 0}, "amount: expected above 0, found 0"),
        ({"amount_received": "12"}, "expected a whole number"),
        ({"amount_received": True}, "expected a whole number"),
    ],
)
def test_a_genuine_payment_that_fits_nothing_is_parked(shop: Shop, change, reason) -> None:
    assert shop.paid("evt_1", 119_60, **change) is DeliveryStatus.PARKED
    delivery = shop.store.delivery("stripe", "evt_1")
    assert reason in delivery.note
    assert shop.invoice.paid_minor == 0
    assert shop.items("P#") == []


def test_a_declined_card_and_an_unknown_event_are_kept(shop: Shop) -> None:
    declined = shop.told(
        "evt_1",
        "payment_intent.payment_failed",
        id="pi_9",
        metadata={"invoice_id": shop.invoice.id},
        last_payment_error={"decline_code": "insufficient_funds"},
    )
    assert declined is DeliveryStatus.DONE
    assert shop.store.delivery("stripe", "evt_1").note == "declined: insufficient_funds"
    assert shop.told("evt_2", "customer.created", id="cus_1") is DeliveryStatus.DONE
    assert shop.invoice.status == "open"


def test_a_refund_above_the_payment_is_parked(shop: Shop) -> None:
    shop.paid("evt_1", 119_60)
    assert shop.refunded("evt_2", 120_00) is DeliveryStatus.PARKED


def test_the_delivery_of_a_settled_payment_leaves_the_due_index(shop: Shop) -> None:
    shop.paid("evt_1", 119_60)
    assert "due_pk" not in shop.items("0")[0]
    assert shop.invoice.issued_on == date(2013, 6, 1)


def test_scenario_18_a_refund_then_a_dispute_that_is_lost(shop: Shop) -> None:
    """139.60 paid on 119.60, 20.00 refunded: the dispute takes 119.60, and the invoice is open."""
    shop.paid("evt_1", 139_60)
    shop.refunded("evt_2", 20_00)
    assert shop.items("X#")[0]["left"] == 0
    assert shop.disputed("evt_3", 139_60) is DeliveryStatus.DONE
    assert shop.disputed("evt_4", 139_60) is DeliveryStatus.DONE  # told twice
    assert (shop.invoice.status, shop.invoice.paid_minor) == ("open", 0)
    assert shop.invoice.next_action_on is not None
    assert (shop.balance("411"), shop.balance("4191")) == (119_60, 0)
    assert (shop.balance("512"), shop.balance("627")) == (-15_00, 15_00)
    assert shop.refunded("evt_5", 30_00) is DeliveryStatus.PARKED  # nothing is left of it
    assert len(shop.items("P#dsp")) == 1


@pytest.mark.parametrize("order", list(permutations(["paid", "taken", "won", "back"])))
def test_disputes_told_in_any_order_end_the_same(order: tuple[str, ...]) -> None:
    shop = Shop()
    acts = {
        "paid": lambda: shop.paid("evt_1", 119_60),
        "taken": lambda: shop.disputed("evt_2", 119_60),
        "won": lambda: shop.disputed("evt_3", 119_60, won=True),
        "back": lambda: shop.disputed("evt_4", 119_60),
    }
    for name in order:
        assert acts[name]() is DeliveryStatus.DONE, name
    (payment,) = shop.items("P#pay")
    assert (payment.get("disputed", 0), payment["allocated"]) == (0, 119_60)
    assert (shop.invoice.status, shop.balance("411")) == ("paid", 0)
    assert (shop.balance("512"), shop.balance("627")) == (104_60, 15_00)


def test_what_is_settled_is_told_by_rate_and_what_goes_back_as_well(shop: Shop) -> None:
    """119.60 at 19.6 %: 100.00 come, 19.60 more, then 50.00 are refunded; too much has no rate."""
    shop.paid("evt_1", 100_00)
    shop.paid("evt_2", 30_00, intent="pi_2")
    shop.refunded("evt_3", 50_00)
    rates = [item["rates"] for item in shop.items("P#pay")]
    assert sorted(one["S/19.6"] for one in rates) == [19_60, 100_00]
    (back,) = shop.items("P#ref")
    assert back["rates"] == {"S/19.6": -50_00}
    shop.paid("evt_4", 5_00, intent="pi_4")
    shop.paid("evt_5", 60_00, intent="pi_5")
    shop.paid("evt_6", 7_00, intent="pi_6")
    assert sum("rates" not in item for item in shop.items("P#pay")) == 1
