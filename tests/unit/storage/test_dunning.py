"""Reminders: counted on the invoice before they are sent, each once."""

from dataclasses import replace
from datetime import date

import pytest

from solde.storage import keys
from solde.storage.dunning import DunningTable
from tests.support.seller import Seller

DUE = date(2013, 7, 4)  # three days after 1 July
SECOND = date(2013, 7, 15)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


@pytest.fixture
def store(seller) -> DunningTable:
    return DunningTable(seller.table)


def test_what_is_overdue_is_found_from_its_day_on(seller, store) -> None:
    assert store.due("FRA", date(2013, 7, 3)) == []
    (candidate,) = store.due("FRA", DUE)
    found = store.overdue(candidate)
    assert (found.header, found.customer.name) == (seller.documents("acme")[0], "Acme")
    assert store.overdue(replace(candidate, invoice_id="inv_none")) is None
    assert store.due("USA", DUE) == []


def test_a_reminder_is_claimed_once_and_the_next_has_its_day(seller, store) -> None:
    (header,) = seller.documents("acme")
    assert store.claim(header, next_action_on=SECOND, on=DUE)
    assert not store.claim(header, next_action_on=SECOND, on=DUE)
    (after,) = seller.documents("acme")
    assert (after.reminders, after.next_action_on) == (1, SECOND)
    store.sent(after, level=1, message_id="m1")
    case = seller.table.get(keys.reminder("acme", header.id))
    assert case["level_1"] == "sent m1"


def test_after_the_last_the_chase_ends(seller, store) -> None:
    (header,) = seller.documents("acme")
    store.claim(header, next_action_on=None, on=DUE)
    assert store.due("FRA", date(2014, 1, 1)) == []
    assert seller.documents("acme")[0].next_action_on is None


def test_what_was_paid_meanwhile_is_not_reminded(seller, store) -> None:
    (header,) = seller.documents("acme")
    assert not store.claim(replace(header, paid_minor=1), next_action_on=None, on=DUE)
    assert not store.claim(replace(header, status="paid"), next_action_on=None, on=DUE)
    assert seller.documents("acme") == [header]
