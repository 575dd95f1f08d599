"""A payment comes back as it was stored, and moves on condition of what was read of it."""

from dataclasses import replace
from datetime import date

from solde.domain.ledger.entry import Entry, Posting
from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.storage.payment_items import (
    payment_from_item,
    payment_held,
    payment_moved,
    payment_to_item,
)

PAYMENT = Payment(
    id="pay_1",
    customer_id="acme",
    entity="fr",
    provider="stripe",
    reference="pi_1",
    amount=Money(120_00, "EUR"),
    invoice_id="inv_1",
    allocated_minor=119_60,
    received_on=date(2013, 6, 10),
)
ENTRY = Entry("EUR", (Posting("512", 120_00), Posting("411", -119_60), Posting("4191", -40)))


def test_a_payment_is_read_as_it_was_written() -> None:
    item = payment_to_item(PAYMENT, ENTRY, date(2013, 6, 11), {"S 20": 119_60})
    assert payment_from_item(item) == PAYMENT
    assert (item["booked_on"], item["rates"], item["jrn"]["4191"]) == (
        "2013-06-11",
        {"S 20": 119_60},
        -40,
    )


def test_what_went_back_is_taken_off_what_was_asked_for() -> None:
    """Of 50.00 that were asked for, 30.00 are told: 20.00 stay asked for."""
    asked = replace(PAYMENT, refunding_minor=50_00)
    moved = payment_moved(asked, allocated=89_60, refunded=30_00, disputed=0)
    assert moved.set == {"allocated": 89_60, "refunded": 30_00, "refunding": 20_00}
    assert moved.remove == ("disputed",)


def test_what_is_asked_for_and_then_not_any_more_is_gone() -> None:
    assert payment_held(PAYMENT, 50_00).set == {"refunding": 50_00}
    assert payment_held(PAYMENT, 0).remove == ("refunding",)
