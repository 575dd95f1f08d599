"""What the link of a mail opens, and until when."""

from datetime import date, timedelta

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


def test_one_document_until_its_last_day_and_nothing_else(seller) -> None:
    store = DocumentTable(seller.table, seller.objects)
    (header,) = seller.documents("acme")
    link = Link("acme", header.id, LAST)
    store.claim_mail(header, digest_of("secret"), link=link, at=at("2013-06-01T06:00:00"))
    (header,) = seller.documents("acme")
    assert opened_by("secret", LAST, store) == header
    assert opened_by("secret", LAST + timedelta(days=1), store) is None
    for wrong in ("", "Secret", digest_of("secret"), "x" * 10_000):
        assert opened_by(wrong, LAST, store) is None
