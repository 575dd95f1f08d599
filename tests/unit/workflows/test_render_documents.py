"""Rendered once, stored together, announced by tens."""

import json
from dataclasses import replace
from datetime import date

import pytest

from solde.domain.errors import NotFoundError
from solde.ports.billing import Header
from solde.storage.contacts import ContactTable
from solde.storage.documents import DocumentTable
from solde.storage.sendings import SendingTable
from solde.workflows.render_documents import PayLinks, RenderContext, Rendering
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import opened_by
from tests.support.seller import Seller, at

NOW = at("2013-06-01T08:00:00")
PDF_SHA = "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027"


@pytest.fixture
def seller() -> Seller:
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    return seller


@pytest.fixture
def documents(seller: Seller) -> DocumentTable:
    return DocumentTable(seller.table, seller.objects)


def invoice(seller: Seller) -> str:
    return seller.documents("acme")[0].id


def test_rendering_twice_stores_and_announces_once(seller: Seller, documents) -> None:
    calls = []

    def render(document, _pay_url):
        calls.append(document["envelope"]["number"])
        return {"html": b"<p>", "pdf": b"%PDF"}

    context = RenderContext(documents, seller.objects, render)
    for _ in range(2):
        rendering = Rendering(context)
        rendering.add("acme", invoice(seller))
        rendering.store(NOW)
    assert calls == ["FRA-2013-000001"]
    stored = seller.documents("acme")[0].documents
    assert documents.bytes_of(stored["html"]) == b"<p>"
    assert documents.bytes_of(stored["pdf"]) == b"%PDF"
    # printf '%%PDF' | sha256sum
    assert stored["pdf"].sha256 == PDF_SHA
    assert len(told(seller)) == 1


def told(seller: Seller) -> list[list[str]]:
    """Return the invoices that are announced as stored, announcement by announcement."""
    return [
        [invoice_id for _, invoice_id in json.loads(item["detail"])["invoices"]]
        for item in seller.table.items.values()
        if item.get("type") == "documents.stored"
    ]


def test_documents_of_a_message_lie_in_one_object() -> None:
    seller, context = many(12)
    rendering = Rendering(context)
    for header in headers(seller):
        rendering.add(header.customer_id, header.id)
    rendering.store(NOW)
    (pack,) = [key for key in seller.objects.bodies if key.startswith("documents/")]
    assert len(seller.objects.bodies[pack]) == 12 * len("FRA-2013-000001" * 2)
    for header in headers(seller):
        for one in header.documents.values():
            assert context.documents.bytes_of(one) == header.number.encode()
    assert sorted(map(len, told(seller))) == [2, 10]


def test_who_comes_second_keeps_what_the_first_has_stored() -> None:
    """Two workers with the same message: one of them had a document less to do."""
    seller, context = many(3)
    first, second = Rendering(context), Rendering(context)
    for header in headers(seller):
        second.add(header.customer_id, header.id)
    first.add(headers(seller)[1].customer_id, headers(seller)[1].id)
    first.store(NOW)
    kept = headers(seller)[1].documents
    second.store(NOW)
    assert headers(seller)[1].documents == kept
    assert all(header.documents for header in headers(seller))
    assert sorted(map(len, told(seller))) == [1, 2]


def test_a_document_that_does_not_exist_is_named() -> None:
    _, context = many(1)
    rendering = Rendering(context)
    with pytest.raises(NotFoundError, match="inv_none"):
        rendering.add("cus_00", "inv_none")
    rendering.store(NOW)


def many(count: int) -> tuple[Seller, RenderContext]:
    """Bill customers, whose documents are rendered as their numbers."""
    seller = Seller()
    seller.sells("basic", "100.00")
    for number in range(count):
        seller.customer(f"cus_{number:02d}")
        seller.subscribes(f"cus_{number:02d}", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")

    def render(document, _pay_url):
        number = document["envelope"]["number"].encode()
        return {"html": number, "pdf": number}

    context = RenderContext(DocumentTable(seller.table, seller.objects), seller.objects, render)
    return seller, context


def headers(seller: Seller) -> list[Header]:
    names = sorted(key.pk.removeprefix("A#") for key in seller.table.items if key.sk == "B#1")
    return [header for name in names for header in seller.documents(name)]


def test_a_document_with_a_button_has_a_link_of_its_own(seller: Seller, documents) -> None:
    """Opened before anybody has the bytes; who is rendered again has a second one."""
    urls = []

    def render(document, pay_url):
        urls.append(pay_url)
        return {"pdf": pay_url.encode()}

    links = PayLinks(
        shows=lambda document: document["kind"] == "invoice",
        sendings=SendingTable(seller.table),
        token=lambda: f"t{len(urls)}",
        wall=lambda: 1_000,
        public_url=lambda: "https://b.test",
    )
    context = RenderContext(documents, seller.objects, render, links)
    for _ in range(2):
        Rendering(context).add("acme", invoice(seller))
    assert urls == ["https://b.test/i/t0", "https://b.test/i/t1"]
    for token in ("t0", "t1"):
        link = documents.link(digest_of(token))
        assert link is not None
        assert (link.invoice_id, link.made_on) == (invoice(seller), date(2013, 6, 1))
        # 430 days of 86,400 seconds
        assert link.forgotten_at == 37_153_000
    header = opened_by("t1", date(2013, 7, 1), documents, ContactTable(seller.table))
    assert header is not None
    assert header.id == invoice(seller)
    other = replace(context, links=replace(links, shows=lambda _: False))
    Rendering(other).add("acme", invoice(seller))
    assert urls[-1] == ""
