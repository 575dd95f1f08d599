"""How a customer is reached: his choice or his entity's, less the addresses that are stopped."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.ways import STANDARD, Ways, WaysFrom
from solde.ports.sendings import Stop
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.entities import EntityTable
from solde.storage.parties import customer_from_item, customer_to_item
from solde.storage.table import Put
from tests.support.seller import ENTITY, Seller

STOP = Stop("bounced", "550 user unknown", datetime(2027, 1, 31, tzinfo=UTC))
PAPER = Ways(("drop",), folder="paper")


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.customer("acme")
    return made


@pytest.fixture
def contacts(seller) -> ContactTable:
    return ContactTable(seller.table)


def test_the_choice_of_the_entity_counts_where_there_is_no_other(seller, contacts) -> None:
    assert (contacts.reach("acme").ways, contacts.reach("acme").choice) == (STANDARD, 0)
    EntityTable(seller.table).put(replace(ENTITY, version=2, delivery=PAPER))
    assert contacts.reach("acme").ways == PAPER
    customer = customer_from_item(seller.table.get(keys.profile("acme")))
    mine = (WaysFrom(7, date(2027, 1, 1), STANDARD),)
    seller.table.write(Put(customer_to_item(replace(customer, choices=mine), created_at="")))
    assert (contacts.reach("acme").ways, contacts.reach("acme").choice) == (STANDARD, 7)


def test_an_address_is_stopped_once_in_whatever_letters_and_cleared(contacts) -> None:
    assert contacts.stop("ACME@example.test", STOP)
    assert not contacts.stop("acme@example.test", replace(STOP, reason="complained"))
    reach = contacts.reach("acme")
    assert (reach.stops, reach.addresses) == ({"acme@example.test": STOP}, ())
    contacts.clear("acme@EXAMPLE.test")
    assert contacts.reach("acme").addresses == ("acme@example.test",)


def test_no_address_lies_in_the_table_and_what_servers_say_is_cut(seller, contacts) -> None:
    contacts.stop("someone@elsewhere.test", replace(STOP, detail="x" * 900))
    (item,) = [one for key, one in seller.table.items.items() if key.pk.startswith("ADR#")]
    assert "someone" not in str(item)
    assert len(item["detail"]) == 200


def test_who_is_not_there_is_not_reached(contacts) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        contacts.reach("nobody")


def test_calls_are_signed_with_the_newest_secret_and_the_one_before(seller, contacts) -> None:
    assert contacts.secrets("acme") == []
    for secret in ("whsec_1", "whsec_2", "whsec_3"):
        contacts.roll("acme", secret)
    assert contacts.secrets("acme") == ["whsec_3", "whsec_2"]
