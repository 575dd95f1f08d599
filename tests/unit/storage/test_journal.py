"""Entries wherever they lie: the day, the movements, what waits."""

from datetime import date

import pytest

from solde.domain.ledger import Deferral, Entry, Posting
from solde.domain.periods import Period
from solde.ports.books import Fact
from solde.storage.journal import entry_from_item, entry_to_item, fact_from_item
from solde.storage.reading import CorruptItemError

PAID = {"entity": "fr", "currency": "EUR", "jrn": {"411": -120_00, "512": 120_00}}


@pytest.mark.parametrize(
    ("item", "on"),
    [
        ({"booked_on": "2027-02-01", "received_on": "2027-01-31"}, date(2027, 2, 1)),
        ({"received_on": "2027-01-31"}, date(2027, 1, 31)),
        ({"issued_on": "2027-01-02"}, date(2027, 1, 2)),
        ({"at": "2027-01-03T10:00:00+00:00"}, date(2027, 1, 3)),
    ],
    ids=["said", "a payment of before", "a document", "a refund of before"],
)
def test_the_day_of_a_fact(item: dict, on: date) -> None:
    found = fact_from_item({"pk": "A#cus_1", "sk": "P#pay_1", **PAID, **item})
    assert found == Fact("A#cus_1 P#pay_1", "fr", on, "EUR", PAID["jrn"], "cus_1")


def test_a_document_says_what_it_defers() -> None:
    row = ["706", "487", 12_00, "2027-01-01", "2028-01-01"]
    item = {"pk": "A#cus_1", "sk": "I#inv_1", "issued_on": "2027-01-02", "defer": [row], **PAID}
    found = fact_from_item(item)
    assert (found.customer_id, found.invoice_id) == ("cus_1", "inv_1")
    days = Period(date(2027, 1, 1), date(2028, 1, 1))
    assert found.deferrals == (Deferral("706", "487", 12_00, days),)


def test_a_fact_without_a_currency_cannot_be_read() -> None:
    with pytest.raises(CorruptItemError):
        fact_from_item({"pk": "A#1", "sk": "P#1", "at": "2027-01-03", "jrn": {}, "entity": "fr"})


def test_an_entry_comes_back_as_it_was() -> None:
    entry = Entry("EUR", (Posting("411", -120_00), Posting("512", 120_00)))
    assert {"entity": "fr", **entry_to_item(entry)} == PAID
    assert entry_from_item(PAID) == entry
