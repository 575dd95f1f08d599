"""What a link opens, until when, and for whom."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.invoicing.contact import contact_digest
from solde.ports.documents import Link
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.documents import DocumentTable
from solde.storage.links import link_to_item
from solde.storage.table import Put, Update
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import opened_by
from tests.support.seller import Seller

FIRST = "token-0"
LAST = date(2013, 8, 30)
"""Due on 1 July: 60 days behind it."""


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


def links(seller: Seller, **fields) -> Link:
    """A link of 1 June to the customer's address, under token-0."""
    (header,) = seller.documents("acme")
    link = Link("acme", header.id, made_on=date(2013, 6, 1))
    link = replace(link, contact=contact_digest("acme@example.test"), **fields)
    seller.table.write(Put(link_to_item(digest_of("token-0"), link)))
    return link


def opens(seller: Seller, today: date, token: str = FIRST) -> bool:
    documents = DocumentTable(seller.table, seller.objects)
    found = opened_by(token, today, documents, ContactTable(seller.table))
    assert found in (None, seller.documents("acme")[0])
    return found is not None


@pytest.mark.parametrize(
    ("token", "today", "does"),
    [
        ("token-0", date(2013, 6, 2), True),
        ("token-0", LAST, True),
        ("token-0", date(2013, 8, 31), False),
        ("token-1", date(2013, 6, 2), False),
        ("Token-0", date(2013, 6, 2), False),
        ("", date(2013, 6, 2), False),
        (digest_of("token-0"), date(2013, 6, 2), False),  # what lies in the table opens nothing
        ("token-0" + "x" * 200, date(2013, 6, 2), False),
    ],
)
def test_one_document_until_its_last_day_and_nothing_else(seller, token, today, does) -> None:
    links(seller)
    assert opens(seller, today, token) is does


def test_a_paid_document_is_shown_for_thirty_days(seller) -> None:
    links(seller)
    (header,) = seller.documents("acme")
    paid = {"status": "paid", "paid_on": "2013-06-10"}
    seller.table.write(Update(keys.invoice("acme", header.id), set=paid))
    assert [opens(seller, date(2013, 7, day)) for day in (10, 11)] == [True, False]


def test_a_link_of_before_says_its_last_day_itself(seller) -> None:
    links(seller, made_on=None, expires_on=date(2013, 7, 31))
    assert opens(seller, date(2013, 7, 31))
    assert not opens(seller, date(2013, 8, 1))


@pytest.mark.parametrize(
    ("profile", "does"),
    [
        ({"email": "ACME@example.test"}, True),
        ({"email": "new@example.test"}, False),
        ({"email": "new@example.test", "backups": ["acme@example.test"]}, True),
    ],
)
def test_a_link_ends_with_the_address_it_was_sent_to(seller, profile, does) -> None:
    links(seller)
    seller.table.write(Update(keys.profile("acme"), set=profile))
    assert opens(seller, date(2013, 6, 2)) is does
