"""Copies: dropped once, told to a webhook until it takes them or five tries are over."""

import json
from dataclasses import replace

import pytest

from solde.adapters.webhook_signature import signed_headers
from solde.domain.errors import NotFoundError
from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.ways import Ways, WaysFrom
from solde.ports.billing import PackSlice, Rendered
from solde.ports.outbound import OutboundRefusedError, OutboundUnavailableError
from solde.ports.sendings import Sending
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.documents import DocumentTable
from solde.storage.parties import customer_from_item, customer_to_item
from solde.storage.sendings import SendingTable
from solde.storage.table import Put
from solde.workflows.copy_document import CopyContext, copy_document
from solde.workflows.send_mail import digest_of
from tests.support.model_objects import ModelObjects
from tests.support.seller import Seller, at

NOW = at("2013-06-01T08:00:00")
URL = "https://hooks.example.org/in"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - that of a specification


class Hook:
    """Answers each call by the next of its answers, the last one for ever."""

    def __init__(self, *answers: object) -> None:
        self.answers, self.calls = list(answers), []

    def post(self, url, body, headers) -> int:
        self.calls.append((url, json.loads(body), headers))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def seller() -> Seller:
    """One invoice of acme, rendered as page and paper."""
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    seller.objects.bodies["d"] = b"<p>%PDF"
    forms = {"html": ("d", 0, 3), "pdf": ("d", 3, 4)}
    places = {name: Rendered(PackSlice(*place), f"sha-{name}") for name, place in forms.items()}
    store = DocumentTable(seller.table, seller.objects)
    store.rendered([(seller.documents("acme")[0], places)], at=NOW)
    ways = Ways(("drop", "webhook"), folder="erp/in", url=URL)
    customer = customer_from_item(seller.table.get(keys.profile("acme")))
    choices = (WaysFrom(1, NOW.date(), ways),)
    seller.table.write(Put(customer_to_item(replace(customer, choices=choices), created_at="")))
    ContactTable(seller.table).roll("acme", SECRET)
    return seller


def copying(seller: Seller, hook: Hook) -> CopyContext:
    return CopyContext(
        documents=DocumentTable(seller.table, seller.objects),
        sendings=SendingTable(seller.table),
        contacts=ContactTable(seller.table),
        objects=seller.objects,
        outbound=hook,
        token=lambda: "token",
        wall=lambda: 1_370_000_000,
        sign=signed_headers,
        public_url="https://bills.test",
    )


def asked(seller: Seller, way: str) -> tuple[str, str, str]:
    named = ("acme", seller.documents("acme")[0].id, f"dlv_{way}")
    SendingTable(seller.table).ask(Sending(named[2], *named[:2], way, "issued", NOW))
    return named


def kept(seller: Seller, named: tuple[str, str, str]) -> Sending:
    return SendingTable(seller.table).find(*named)


def test_each_form_is_dropped_once_under_its_number(seller) -> None:
    named, context = asked(seller, "drop"), copying(seller, Hook(500))
    assert [copy_document(named, NOW, context) for _ in range(2)] == ["sent", "sent"]
    dropped = {key: body for key, body in seller.objects.bodies.items() if key.startswith("drop/")}
    assert dropped == {
        "drop/erp/in/FRA-2013-000001.html": b"<p>",
        "drop/erp/in/FRA-2013-000001.pdf": b"%PDF",
    }
    one = kept(seller, named)
    assert (one.to, one.note) == ("erp/in", "drop/erp/in/FRA-2013-000001.*")


def chooses(seller: Seller, ways: Ways) -> None:
    customer = customer_from_item(seller.table.get(keys.profile("acme")))
    customer = replace(customer, choices=(WaysFrom(2, NOW.date(), ways),))
    seller.table.write(Put(customer_to_item(customer, created_at="")))


def test_the_sellers_own_bucket_gets_copies_in_folders_that_name_the_document(seller) -> None:
    chooses(seller, Ways(("drop",), folder="{entity}/{year}/{month}/{kind}", drop_to="bucket"))
    named, own = asked(seller, "drop"), ModelObjects()
    context = replace(copying(seller, Hook(500)), bucket=own)
    assert copy_document(named, NOW, context) == "sent"
    stem = "FRA/2013/06/invoice/FRA-2013-000001"
    assert own.bodies == {f"{stem}.html": b"<p>", f"{stem}.pdf": b"%PDF"}
    assert not any(key.startswith("drop/") for key in seller.objects.bodies)
    assert kept(seller, named).note == f"{stem}.*"


def test_a_bucket_that_the_deployment_names_no_more_fails_and_says_so(seller) -> None:
    chooses(seller, Ways(("drop",), folder="in", drop_to="bucket"))
    named = asked(seller, "drop")
    assert copy_document(named, NOW, copying(seller, Hook(500))) == "failed"
    assert "names no bucket" in kept(seller, named).note


def test_something_else_that_lies_there_is_left_alone(seller) -> None:
    seller.objects.bodies["drop/erp/in/FRA-2013-000001.pdf"] = b"other"
    named = asked(seller, "drop")
    assert copy_document(named, NOW, copying(seller, Hook(500))) == "failed"
    assert seller.objects.bodies["drop/erp/in/FRA-2013-000001.pdf"] == b"other"
    assert "something else" in kept(seller, named).note


def test_a_webhook_is_told_where_the_document_is_and_who_says_so(seller) -> None:
    named, hook = asked(seller, "webhook"), Hook(204)
    assert [copy_document(named, NOW, copying(seller, hook)) for _ in range(2)] == ["sent"] * 2
    ((url, said, headers),) = hook.calls
    (header,) = seller.documents("acme")
    assert (url, headers["webhook-id"], headers["webhook-timestamp"]) == (
        URL,
        named[2],
        "1370000000",
    )
    assert headers["webhook-signature"].startswith("v1,")
    assert (said["type"], said["timestamp"]) == ("invoice.delivered", "2013-06-01T08:00:00+00:00")
    assert said["data"]["page_url"] == "https://bills.test/i/token"
    assert said["data"]["documents"] == {"html": "sha-html", "pdf": "sha-pdf"}
    assert (said["data"]["number"], said["data"]["total"]) == (header.number, 119_60)
    link = DocumentTable(seller.table, seller.objects).link(digest_of("token"))
    assert (link.invoice_id, link.contact) == (header.id, contact_digest(URL))
    assert (kept(seller, named).to, kept(seller, named).note) == ("hooks.example.org", "204")


def test_what_is_not_taken_is_tried_five_times_under_one_id(seller) -> None:
    named, hook = (
        asked(seller, "webhook"),
        Hook(503, OutboundUnavailableError("down"), 302, 404, 500),
    )
    for tries in range(1, 5):
        with pytest.raises(OutboundUnavailableError):
            copy_document(named, NOW, copying(seller, hook))
        assert (kept(seller, named).tries, kept(seller, named).state) == (tries, "waiting")
    assert copy_document(named, NOW, copying(seller, hook)) == "failed"
    assert {headers["webhook-id"] for _, _, headers in hook.calls} == {named[2]}
    assert kept(seller, named).note == "hooks.example.org: answered 500"


@pytest.mark.parametrize("answer", [410, OutboundRefusedError("inside")])
def test_what_is_gone_or_may_not_be_called_is_not_tried_again(seller, answer) -> None:
    named = asked(seller, "webhook")
    assert copy_document(named, NOW, copying(seller, Hook(answer))) == "failed"


def test_without_a_secret_nothing_is_called(seller) -> None:
    from solde.storage import sending_keys  # noqa: PLC0415

    del seller.table.items[sending_keys.webhook_secret("acme")]
    hook = Hook(204)
    named = asked(seller, "webhook")
    assert copy_document(named, NOW, copying(seller, hook)) == "failed"
    assert (hook.calls, kept(seller, named).note) == ([], "no secret was made")


def test_what_nobody_asked_for_is_not_brought(seller) -> None:
    named = ("acme", seller.documents("acme")[0].id, "dlv_x")
    with pytest.raises(NotFoundError, match="dlv_x"):
        copy_document(named, NOW, copying(seller, Hook(204)))
