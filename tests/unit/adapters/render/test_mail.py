"""Mails in the customer's language, with and without a link."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from solde.adapters.render.mail import invoice_mail, reminder_mail
from solde.adapters.render.words import words
from solde.ports.billing import Header, PackSlice
from solde.ports.mail import Attachment
from solde.ports.sendings import Outgoing
from tests.support.closed import english, french

TEMPLATES = Path(__file__).parents[4] / "templates"


OUT = Outgoing("payables@ua.example.test", "https://x.test/i/abc", "inv_1")


def test_the_mail_brings_the_link() -> None:
    mail = invoice_mail(english(), TEMPLATES, OUT)
    assert mail.to == OUT.to
    assert mail.subject == (
        "Your invoice NYC-2013-000017 from The airports of New York: "
        "$275,550.00 by February 16, 2013"
    )
    assert mail.text == (
        "Hello United Air Lines Inc.,\n\n"
        "Your invoice NYC-2013-000017 over $275,550.00 is ready. It is due on\n"
        "February 16, 2013.\n\nOpen the document: https://x.test/i/abc\n\n"
        "This link is yours alone: whoever has it can read the document.\n\n"
        "Kind regards,\nThe airports of New York\n"
    )
    assert 'href="https://x.test/i/abc"' in mail.html


def test_a_reminder_asks_for_what_is_open() -> None:
    header = Header(
        id="inv_1",
        number="FR-2013-000002",
        customer_id="cus_1",
        entity="fr",
        kind="invoice",
        currency="EUR",
        gross_minor=1275,
        net_minor=1066,
        issued_on=date(2013, 6, 15),
        due_on=date(2013, 7, 15),
        covered_to=date(2013, 7, 1),
        run_id="run_1",
        draft_digest="",
        sha256="",
        place=PackSlice("", 0, 0),
        paid_minor=275,
    )
    named = ("inv_1", "m-1")
    first = reminder_mail(french(), header, TEMPLATES, ("m@x.test", 1, 1), answers=named)
    second = reminder_mail(french(), header, TEMPLATES, ("m@x.test", 2, 2))
    assert first.subject == "Rappel : facture FR-2013-000002 échue le 15 juillet 2013".replace(
        "Rappel :", "Rappel\u00a0:"
    )
    assert "10,00\u00a0€" in first.text
    assert "Deuxième rappel" in second.subject
    assert (first.job_id, second.job_id) == ("inv_1-1", "inv_1-2")
    assert (first.answers, second.answers) == (("inv_1", "m-1"), ())


def test_names_are_escaped_in_html_and_plain_in_text() -> None:
    document = english()
    document["customer"]["name"] = "A & <b>"
    mail = invoice_mail(document, TEMPLATES, OUT)
    assert "A &amp; &lt;b&gt;" in mail.html
    assert "Hello A & <b>," in mail.text


def test_a_deposit_and_the_invoice_that_deducts_it_say_so() -> None:
    document = english()
    document["kind"] = "deposit"
    mail = invoice_mail(document, TEMPLATES, OUT)
    assert mail.subject.startswith("Your deposit invoice NYC-2013-000017 from The airports of New")
    assert "deducted from the invoice of your order" in flat(mail.text)
    document = english()
    whole = document["totals"]["gross"]
    document["prepaid"] = [{"id": "inv_1", "amount": 100_00, "deposit": "dep_1"}]
    for prepaid, said, subject in (
        (100_00, "$100.00 of it is paid already", "$275,450.00 by February 16, 2013"),
        (whole, "has paid it", "$275,550.00, nothing to pay"),
    ):
        document["totals"] |= {"prepaid": prepaid, "due": whole - prepaid}
        mail = invoice_mail(document, TEMPLATES, OUT)
        assert said in flat(mail.text)
        assert "eposit" in mail.text
        assert mail.subject.endswith(f": {subject}")


@pytest.mark.parametrize("document", [english(), french()], ids=["en", "fr"])
def test_text_and_html_tell_the_same_facts(document) -> None:
    said = words(TEMPLATES, document["language"])
    mail = invoice_mail(document, TEMPLATES, OUT)
    facts = (
        document["envelope"]["number"],
        said.money(document["totals"]["due"], document["currency"]),
        said.day(document["envelope"]["due_on"]),
        document["entity"]["name"],
        "https://x.test/i/abc",
    )
    html = flat(unescape(mail.html))
    for fact in facts:
        assert fact in flat(mail.text)
        assert fact in html
    assert all(fact in mail.subject for fact in facts[:4])
    assert max(len(line) for line in mail.text.splitlines() if "://" not in line) <= 72
    assert mail.list_name == f"{document['entity']['code']}.invoices"
    assert mail.reply_to == document["entity"]["registration"].get("email", "")


def test_what_goes_along_is_said_and_so_is_what_is_too_large_to() -> None:
    pdf = Attachment("N.pdf", "application/pdf", b"%PDF")
    attached = invoice_mail(english(), TEMPLATES, replace(OUT, attachments=(pdf,)))
    assert attached.attachments == (pdf,)
    large = invoice_mail(english(), TEMPLATES, replace(OUT, too_large=True))
    for mail, said in ((attached, "attached to this mail"), (large, "too large to be attached")):
        assert said in flat(mail.text)
        assert said in mail.html
        assert OUT.link in mail.text
    assert "attached" not in invoice_mail(english(), TEMPLATES, OUT).text


def flat(text: str) -> str:
    """A text in one line, however it was broken."""
    return re.sub("[ \n]+", " ", text)
