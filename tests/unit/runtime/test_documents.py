"""Documents in a function: forms from the templates of its layer, links that nobody guesses."""

from dataclasses import replace
from pathlib import Path

import pytest

from solde.ports.dunning import Overdue
from solde.ports.mail import Mail
from solde.ports.sendings import Outgoing
from solde.runtime import documents, wiring
from solde.storage.entities import EntityTable
from solde.storage.parties import customer_from_item
from solde.storage.table import Key
from tests.support import closed
from tests.support.deployment import ENVIRONMENT, TEMPLATES, deployed
from tests.support.seller import Seller


@pytest.fixture
def cloud(monkeypatch):
    with deployed(monkeypatch) as made:
        yield made


def test_templates_lie_where_the_environment_says(cloud) -> None:
    assert documents.templates() == Path(ENVIRONMENT["TEMPLATES_DIR"]) == TEMPLATES


def test_a_document_has_a_page_and_a_pdf_the_same_each_time(cloud) -> None:
    first = documents.rendered(closed.french())
    assert set(first) == {"html", "pdf"}
    assert first["pdf"].startswith(b"%PDF")
    page = first["html"].decode()
    assert 'lang="fr' in page
    assert "FR-2013-000002" in page
    assert documents.rendered(closed.french()) == first


def test_a_business_gets_what_it_can_book_by_machine(cloud) -> None:
    document = closed.french()
    document["entity"]["e_invoice"] = "fr-ctc"
    document["customer"]["registration"] = {"siren": "998877665"}
    found = documents.rendered(document)
    assert set(found) == {"html", "pdf", "cii", "ubl"}
    assert b"factur-x.xml" in found["pdf"]
    assert found["ubl"].startswith(b"<?xml")


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("a consumer", {"customer": {"business": False}}),
        ("dinars", {"currency": "KWD"}),
        ("tax by line", {"tax_level": "line"}),
        ("a seller without profile", {"entity": {"e_invoice": "none"}}),
    ],
)
def test_who_cannot_have_one_gets_page_and_pdf(cloud, what, more) -> None:
    document = closed.french()
    document["entity"]["e_invoice"] = "fr-ctc"
    for name, value in more.items():
        document[name] = {**document[name], **value} if isinstance(value, dict) else value
    assert set(documents.rendered(document)) == {"html", "pdf"}


def test_what_renders_and_what_sends_share_table_and_archive(cloud) -> None:
    render, send = documents.render_context(), documents.send_context()
    assert render.documents is send.documents is documents.documents()
    assert render.documents._table is cloud.table
    assert render.archive is cloud.objects
    assert send.mailer is cloud.told


def test_a_link_is_of_chance_and_leads_to_the_public_address(cloud) -> None:
    context = documents.send_context()
    tokens = {context.token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32  # 24 bytes, 6 bits a character
    assert context.public_url == ENVIRONMENT["PUBLIC_URL"]
    mail = context.compose(
        closed.french(), Outgoing("a@b.test", "https://bills.example.test/i/t", "inv_1")
    )
    assert mail.to == "a@b.test"
    assert "https://bills.example.test/i/t" in mail.text
    assert mail.job_id.startswith("inv_1")


def test_a_reminder_is_made_from_the_closed_document(cloud, monkeypatch) -> None:
    seller = Seller(table=cloud.table, objects=cloud.objects)
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    (header,) = seller.documents("acme")
    customer = customer_from_item(cloud.table.items[Key("A#acme", "B#1")])
    context = documents.chase_context(EntityTable(cloud.table))
    assert context.mailer is cloud.told
    again = replace(header, reminders=1)
    steps = ((Overdue(header, customer), 1), (Overdue(again, customer), 2))
    first, second = (context.compose(overdue, customer.email, tone) for overdue, tone in steps)
    assert header.number in first.subject + first.text
    assert first.to == "acme@example.test"
    assert first.job_id != second.job_id


def test_the_mailer_sends_as_the_environment_says(monkeypatch) -> None:
    sent = []

    class Ses:
        def send_email(self, **call: object) -> dict[str, str]:
            sent.append(call)
            return {"MessageId": "m-1"}

    monkeypatch.setenv("MAIL_FROM", "bills@solde.example.test")
    monkeypatch.setattr(wiring, "client", lambda service: {"sesv2": Ses()}[service])
    documents.mailer.cache_clear()
    try:
        assert documents.mailer().send(Mail("a@b.test", "s", "t", "h", "j")) == "m-1"
    finally:
        documents.mailer.cache_clear()
    assert [one["FromEmailAddress"] for one in sent] == ["bills@solde.example.test"]
