"""Payments: each booked once with its entry, refunds by the largest total that was told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from solde.domain.money import Money
from solde.domain.payments import Disputed, Received, Refunded, allocate
from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage.payments import PaymentTable
from tests.support.shop import NOW, Shop

AT = datetime(2013, 6, 10, 10, tzinfo=UTC)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def shop() -> Shop:
    """An invoice of 119.60."""
    return Shop()


def book(shop: Shop, minor: int, reference: str = "pi_1"):
    received = Received("stripe", reference, eur(minor), shop.invoice.id, AT)
    invoice = shop.store.open_invoice(shop.invoice.id)
    return shop.store.book(received, invoice, allocate(received, invoice.due), at=NOW)


def test_a_payment_settles_its_invoice_and_is_booked_once(shop) -> None:
    payment = book(shop, 119_60)
    assert (payment.allocated_minor, payment.received_on) == (119_60, AT.date())
    assert shop.store.payment("stripe", "pi_1") == payment
    assert (shop.invoice.status, shop.invoice.paid_minor) == ("paid", 119_60)
    assert shop.invoice.next_action_on is None  # it leaves the chase
    assert book(shop, 119_60) is None
    assert (shop.balance("512"), shop.balance("411")) == (119_60, 0)


def test_a_part_leaves_it_open_and_a_surplus_is_unapplied(shop) -> None:
    book(shop, 100_00)
    assert (shop.invoice.status, shop.invoice.paid_minor) == ("partly_paid", 100_00)
    assert shop.invoice.next_action_on is not None
    book(shop, 30_00, "pi_2")
    assert shop.invoice.status == "paid"
    (credit,) = shop.items("X#")
    assert (credit["left"], credit["currency"]) == (10_40, "EUR")
    assert (shop.balance("411"), shop.balance("4191")) == (0, -10_40)


def test_an_invoice_that_moved_since_it_was_read_is_read_again(shop) -> None:
    invoice = shop.store.open_invoice(shop.invoice.id)
    book(shop, 50_00)
    received = Received("stripe", "pi_2", eur(50_00), invoice.id, AT)
    assert shop.store.book(received, invoice, allocate(received, invoice.due), at=NOW) is None
    assert shop.invoice.paid_minor == 50_00


def test_what_is_not_known_is_nothing(shop) -> None:
    assert shop.store.open_invoice("inv_none") is None
    assert shop.store.payment("stripe", "pi_9") is None
    assert shop.store.delivery("stripe", "evt_9") is None


@pytest.mark.parametrize(
    ("told", "largest"), [((30, 50), 50), ((50, 30), 50), ((50, 50), 50), ((0,), 0)]
)
def test_the_largest_total_of_refunds_counts_in_any_order(shop, told, largest) -> None:
    found = [shop.store.refund_told(Refunded("stripe", "pi_1", eur(one), AT)) for one in told]
    assert found[-1] == largest


def test_a_refund_is_booked_from_where_the_payment_stood(shop) -> None:
    payment = book(shop, 119_60)
    assert shop.store.book_refund(payment, eur(20_00), total_minor=20_00, at=NOW)
    assert not shop.store.book_refund(payment, eur(20_00), total_minor=20_00, at=NOW)
    after = shop.store.payment("stripe", "pi_1")
    # No credit is there to be paid back: the invoice is open again.
    assert after == replace(payment, refunded_minor=20_00, allocated_minor=99_60)
    assert (shop.invoice.status, shop.invoice.paid_minor) == ("partly_paid", 99_60)
    assert shop.invoice.next_action_on is not None  # back in the chase
    assert (shop.balance("512"), shop.balance("411"), shop.balance("4191")) == (99_60, 20_00, 0)


def test_a_refund_takes_the_rest_of_its_payment_first(shop) -> None:
    payment = book(shop, 130_00)
    assert shop.store.book_refund(payment, eur(15_00), total_minor=15_00, at=NOW)
    (credit,) = shop.items("X#")
    assert (credit["left"], shop.invoice.paid_minor) == (0, 115_00)  # 10.40 and 4.60
    (item,) = shop.items("P#ref")
    assert item["took"] == [[payment.id, "", 10_40], ["", shop.invoice.id, 4_60]]


def test_a_dispute_is_booked_once_and_given_back_once(shop) -> None:
    payment = book(shop, 130_00)
    told = Disputed("stripe", "pi_1", "dp_1", eur(130_00), AT, fee=15_00)
    won = replace(told, won=True, fee=0)
    assert not shop.store.book_restored(payment, won, at=NOW)
    assert list(shop.store.dispute_told(won)) == [won]
    assert list(shop.store.dispute_told(told)) == [told, won]
    assert shop.store.book_dispute(payment, told, eur(130_00), at=NOW)
    assert not shop.store.book_dispute(payment, told, eur(130_00), at=NOW)
    assert shop.store.dispute_booked(payment, told)
    after = shop.store.payment("stripe", "pi_1")
    assert (after.allocated_minor, after.disputed_minor) == (0, 130_00)
    assert (shop.invoice.status, shop.items("X#")[0]["left"]) == ("open", 0)
    assert (shop.balance("512"), shop.balance("627")) == (-15_00, 15_00)
    assert shop.store.book_restored(after, won, at=NOW)
    assert shop.store.payment("stripe", "pi_1") == payment
    assert (shop.invoice.status, shop.items("X#")[0]["left"]) == ("paid", 10_40)
    assert (shop.balance("411"), shop.balance("4191"), shop.balance("512")) == (0, -10_40, 115_00)


def test_a_delivery_is_kept_once_and_ends_in_one_way(shop) -> None:
    store: PaymentTable = shop.store
    one = Delivery("stripe", "evt_1", b"{}", AT, DeliveryStatus.OPEN)
    assert store.receive(one)
    assert not store.receive(replace(one, body=b"other"))
    assert store.delivery("stripe", "evt_1") == one
    store.finish(one, DeliveryStatus.PARKED, "currency: expected EUR, found USD")
    parked = store.delivery("stripe", "evt_1")
    assert (parked.status, parked.note) == (
        DeliveryStatus.PARKED,
        "currency: expected EUR, found USD",
    )
    items = shop.seller.table.items
    (item,) = (one for key, one in items.items() if key.pk.startswith("EV#"))
    assert item["list_sk"] == f"{AT.isoformat()}#evt_1"
    assert "due_pk" not in item


def test_a_delivery_is_unworked_until_it_is_finished(shop) -> None:
    first = Delivery("stripe", "evt_1", b"{}", NOW)
    second = Delivery("stripe", "evt_2", b"{}", NOW.replace(hour=23))
    assert shop.store.receive(first)
    assert shop.store.receive(second)
    (told,) = shop.store.unworked(NOW)
    assert (told.kind, told.at) == ("delivery.received", NOW)
    assert told.detail == {"provider": "stripe", "event": "evt_1"}
    shop.store.finish(first, DeliveryStatus.DONE, "booked")
    assert shop.store.unworked(NOW) == []


def test_what_is_told_between_reading_and_booking_is_not_missed(shop) -> None:
    """Nothing was told when the reference was read; a refund is, before the payment is booked."""
    known = shop.store.reference("stripe", "pi_1")
    assert (known.payment, known.refunded, known.disputes) == (None, 0, [])
    shop.store.refund_told(Refunded("stripe", "pi_1", eur(10_00), AT))
    received = Received("stripe", "pi_1", eur(119_60), shop.invoice.id, AT)
    invoice = shop.store.open_invoice(shop.invoice.id)
    allocation = allocate(received, invoice.due)
    assert shop.store.book(received, invoice, allocation, at=NOW, told=False) is None
    assert shop.store.reference("stripe", "pi_1").refunded == 10_00
    assert shop.store.book(received, invoice, allocation, at=NOW, told=True)
