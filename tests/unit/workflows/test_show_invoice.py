"""What the link of a mail opens, and until when."""

from datetime import date

import pytest

from solde.ports.documents import Link
from solde.storage.documents import DocumentTable
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import opened_by
from tests.support.seller import Seller, at

LAST = date(2013, 7, 31)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


@pytest.mark.parametrize(
    ("token", "today", "opens"),
    [
        ("token-0", date(2013, 6, 2), True),
        ("token-0", LAST, True),
        ("token-0", date(2013, 8, 1), False),
        ("token-1", date(2013, 6, 2), False),
        ("Token-0", date(2013, 6, 2), False),
        ("", date(2013, 6, 2), False),
        (digest_of("token-0"), date(2013, 6, 2), False),  # what lies in the table opens nothing
        ("token-0" + "x" * 200, date(2013, 6, 2), False),
    ],
)
def test_one_document_until_its_last_day_and_nothing_else(seller, token, today, opens) -> None:
    store = DocumentTable(seller.table, seller.objects)
    (header,) = seller.documents("acme")
    link = Link("acme", header.id, LAST)
    store.claim_mail(header, digest_of("token-0"), link=link, at=at("2013-06-01T06:00:00"))
    (header,) = seller.documents("acme")
    assert opened_by(token, today, store) == (header if opens else None)
