"""Documents: rendered once, mailed once, opened by a link that ends."""

from datetime import date

import pytest

from solde.ports.billing import PackSlice, Rendered
from solde.ports.documents import Link
from solde.storage import keys
from solde.storage.documents import DocumentTable
from solde.storage.links import link_to_item
from solde.storage.table import Put, Update
from tests.support.seller import Seller, at

NOW = at("2013-06-01T06:05:00")


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    for number in range(12):
        name = f"c{number:02d}"
        made.customer(name)
        made.subscribes(name, "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


@pytest.fixture
def store(seller) -> DocumentTable:
    return DocumentTable(seller.table, seller.objects)


def headers(seller: Seller):
    return [seller.documents(f"c{number:02d}")[0] for number in range(12)]


def forms(offset: int = 0) -> dict[str, Rendered]:
    return {"pdf": Rendered(PackSlice("docs/1", offset, 4), "sha")}


def announced(seller: Seller, kind: str) -> list[dict]:
    items = seller.table.items.items()
    return [one for key, one in items if key.pk.startswith("O#") and one["type"] == kind]


def test_the_closed_document_is_read_from_its_pack(seller, store) -> None:
    header = headers(seller)[0]
    assert store.header("c00", header.id) == header
    assert store.closed(header)["envelope"]["number"] == header.number
    assert store.header("c00", "inv_none") is None


def test_forms_are_kept_once_and_told_by_tens(seller, store) -> None:
    found = [(header, forms(4 * place)) for place, header in enumerate(headers(seller))]
    store.rendered(found, at=NOW)
    assert [one["detail"].count("inv_") for one in announced(seller, "documents.stored")] in (
        [10, 2],
        [2, 10],
    )
    store.rendered([(header, forms(99)) for header in headers(seller)], at=NOW)
    assert [one.documents["pdf"].place.offset for one in headers(seller)] == list(range(0, 48, 4))


def test_those_that_are_known_do_not_keep_back_the_others(seller, store) -> None:
    first, second, *_ = headers(seller)
    store.rendered([(first, forms(1))], at=NOW)
    store.rendered([(first, forms(2)), (second, forms(3))], at=NOW)
    first, second, *_ = headers(seller)
    places = [one.documents["pdf"].place.offset for one in (first, second)]
    assert places == [1, 3]


def test_a_form_is_read_from_where_it_lies(seller, store) -> None:
    seller.objects.put_new("docs/1", b"0123456789", content_type="application/octet-stream")
    assert store.bytes_of(forms(3)["pdf"]) == b"3456"


def test_a_mail_is_named_by_its_job_and_as_the_provider_did(seller, store) -> None:
    header = headers(seller)[0]
    assert store.mailed_as(header) == ()
    job = Update(keys.mail_job("c00", header.id), set={"state": "sent", "message": "m1"})
    seller.table.write(job)
    assert store.mailed_as(header) == (header.id, "m1")


def test_a_link_is_found_by_the_digest_of_its_token(seller, store) -> None:
    link = Link("c00", "inv_1", made_on=date(2013, 6, 1), contact="c", forgotten_at=9)
    seller.table.write(Put(link_to_item("t1", link)))
    assert (store.link("t1"), store.link("t2")) == (link, None)
