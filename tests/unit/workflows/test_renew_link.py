"""A new link: for who knows an old one and an address of the customer, once an hour."""

from datetime import date

import pytest

from solde.domain.invoicing.contact import contact_digest
from solde.ports.documents import Link
from solde.storage.contacts import ContactTable
from solde.storage.documents import DocumentTable
from solde.storage.links import link_to_item
from solde.storage.sendings import SendingTable
from solde.storage.table import Put
from solde.workflows.renew_link import renew_link
from solde.workflows.send_mail import digest_of
from tests.support.seller import Seller, at

NOW = at("2014-06-01T08:00:00")


@pytest.fixture
def seller() -> Seller:
    """A link of a year ago, to the customer's address."""
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    (header,) = seller.documents("acme")
    to = contact_digest("acme@example.test")
    link = Link("acme", header.id, made_on=date(2013, 6, 1), contact=to)
    seller.table.write(Put(link_to_item(digest_of("old"), link)))
    return seller


def renews(seller: Seller, token: str, address: str, second: int = 7_200) -> bool:
    table = seller.table
    stores = {"contacts": ContactTable(table), "sendings": SendingTable(table)}
    documents = DocumentTable(table, seller.objects)
    return renew_link((token, address), NOW, second, documents, **stores)


def sendings(seller: Seller) -> list[tuple[str, str, str]]:
    rows = SendingTable(seller.table).of("acme", seller.documents("acme")[0].id)
    return [(one.way, one.cause, one.state) for one in rows]


def test_it_is_asked_for_once_an_hour_however_often(seller) -> None:
    asked = [
        renews(seller, "old", "Acme@Example.test", second) for second in (7_200, 7_201, 10_799)
    ]
    assert asked == [True, False, False]
    assert renews(seller, "old", "acme@example.test", 10_800)
    assert sendings(seller) == [("mail", "renewed", "waiting")] * 2


@pytest.mark.parametrize(
    ("token", "address"),
    [("other", "acme@example.test"), ("old", "x@example.test"), ("old", ""), ("", "")],
)
def test_whoever_knows_one_of_both_only_gets_nothing(seller, token, address) -> None:
    before = dict(seller.table.items)
    assert not renews(seller, token, address)
    assert seller.table.items == before
