"""
What customers get, to the letter: pages, mails, and PDFs by digest with their text beside it.

The digest is of the PDF with its streams unpacked: zlib packs the same bytes in more than one way.
"""

import hashlib
import re
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from local.documents.forms import PAGE
from local.documents.samples import look, sample
from solde.adapters.render.html import document_html
from solde.adapters.render.mail import invoice_mail, reminder_mail
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.statement import statement_view
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.adapters.render.xml import factur_x
from solde.ports.billing import Header, PackSlice
from solde.ports.mail import Mail
from solde.ports.sendings import Outgoing
from tests.support.closed import english, french
from tests.support.golden import assert_golden_text
from tests.support.late_paper import CUSTOMER, before, closed_late, drafted, late, waived
from tests.support.papers import credit_note, long, pro_forma, statement
from tests.support.spoken import PLACES, spoken
from tests.support.structured import golden, structured

TEMPLATES = Path(__file__).parents[2] / "templates"
DOCUMENTS = {
    "invoice-en": english(),
    "invoice-fr": french(),
    "credit-note-fr": credit_note(),
    "invoice-45-lines": long(45),
    "late-charge-fr": closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31")),
    "late-charge-en": closed_late(
        drafted(
            late(earlier=(before("2026-06-30", 11_98),)),
            "2026-08-15",
            replace(CUSTOMER, language="en-GB"),
        ),
        number=2,
    ),
    "late-credit-fr": waived()[0],
    "pro-forma-fr": pro_forma(),
} | {f"invoice-{language}": spoken(language) for language in PLACES}
GOLDEN = golden()
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def pdf(document: dict[str, Any]) -> bytes:
    return document_pdf(view(document, words(TEMPLATES, document["language"])), TEMPLATES)


def unpacked(body: bytes) -> bytes:
    """Open the streams, and leave off what only says where bytes lie."""
    objects = body[: body.rindex(b"\nxref\n")]
    opened = STREAM.sub(lambda found: _opened(found.group(1)), objects)
    return re.sub(rb"/Length \d+", b"/Length", opened)


def _opened(stream: bytes) -> bytes:
    return zlib.decompress(stream) if stream.startswith(b"x") else stream


def read(body: bytes) -> str:
    """Return what a reader finds in a PDF, page by page, and the digest of it all."""
    reader = pypdf.PdfReader(BytesIO(body))
    pages = [
        f"== page {number}\n{page.extract_text()}\n"
        for number, page in enumerate(reader.pages, start=1)
    ]
    digest = hashlib.sha256(unpacked(body)).hexdigest()
    return "".join(["\n".join(["title " + _title(reader), f"sha256 {digest}\n"]), *pages])


def _title(reader: pypdf.PdfReader) -> str:
    return reader.xmp_metadata.dc_title["x-default"]


def written(mail: Mail) -> str:
    return f"To: {mail.to}\nSubject: {mail.subject}\n\n{mail.text}\n== HTML\n{mail.html}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page(name: str) -> None:
    document = DOCUMENTS[name]
    shown = view(document, words(TEMPLATES, document["language"]))
    assert_golden_text(f"documents/{name}.html", document_html(shown, TEMPLATES, pdf_url="t/pdf"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_pdf(name: str) -> None:
    assert_golden_text(f"documents/{name}.pdf.txt", read(pdf(DOCUMENTS[name])))


@pytest.mark.parametrize("name", ["custom-fields", "usage-annex", "pay-button"])
def test_what_a_template_shows(name: str) -> None:
    document = sample(name)
    pay_url = PAGE if name == "pay-button" else ""
    shown = view(document, words(TEMPLATES, document["language"]), look(name), pay_url=pay_url)
    assert_golden_text(f"documents/{name}.html", document_html(shown, TEMPLATES))
    assert_golden_text(f"documents/{name}.pdf.txt", read(document_pdf(shown, TEMPLATES)))


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_the_statement(language: str) -> None:
    shown = statement_view(statement(language), words(TEMPLATES, language))
    name = f"documents/statement-{language}"
    assert_golden_text(f"{name}.html", document_html(shown, TEMPLATES))
    assert_golden_text(f"{name}.pdf.txt", read(document_pdf(shown, TEMPLATES)))


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("closed-invoice", "fr-ctc"),
        ("closed-credit-note", "fr-ctc"),
        ("discounted-fr", "peppol"),
        ("invoice-en", "en16931"),
    ],
)
def test_the_structured_invoice(name: str, profile: str) -> None:
    """Line by line, so that a reviewer sees what a change does."""
    for syntax, body in structured(GOLDEN[name], profile).items():
        text = body.decode().replace("><", ">\n<") + "\n"
        assert_golden_text(f"documents/{name}.{profile}.{syntax}.xml", text)


def test_the_factur_x() -> None:
    document = GOLDEN["closed-invoice"]
    said = words(TEMPLATES, document["language"])
    inside = factur_x(document, said, "fr-ctc")
    body = document_pdf(view(document, said), TEMPLATES, invoice=inside)
    assert_golden_text("documents/closed-invoice.factur-x.txt", read(body))


def test_a_changed_amount_changes_the_digest() -> None:
    document = english()
    document["totals"] |= {"due": 27_555_001}
    assert unpacked(pdf(document)) != unpacked(pdf(english()))


@pytest.mark.parametrize(
    "name",
    [
        "invoice-en",
        "invoice-fr",
        "credit-note-fr",
        "late-charge-fr",
        "late-charge-en",
        *(f"invoice-{language}" for language in PLACES),
        "late-credit-fr",
    ],
)
def test_the_mail_that_brings_the_link(name: str) -> None:
    document = DOCUMENTS[name]
    out = Outgoing(document["customer"]["email"], "https://b.test/i/t", "inv_1")
    mail = invoice_mail(document, TEMPLATES, out)
    assert_golden_text(f"documents/{name}.mail.txt", written(mail))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["invoice-en", "invoice-fr"])
def test_the_reminders(name: str, level: int) -> None:
    document = DOCUMENTS[name]
    to = document["customer"]["email"]
    mail = reminder_mail(document, header_of(document), TEMPLATES, (to, level, level))
    assert_golden_text(f"documents/{name}.reminder-{level}.txt", written(mail))


def header_of(document: dict[str, Any]) -> Header:
    """The head of a document that nobody has paid."""
    envelope, totals = document["envelope"], document["totals"]
    return Header(
        id=envelope["id"],
        number=envelope["number"],
        customer_id=document["customer"]["id"],
        entity=document["entity"]["code"],
        kind=document["kind"],
        currency=document["currency"],
        gross_minor=totals["gross"],
        net_minor=totals["net"],
        issued_on=date.fromisoformat(envelope["issued_on"]),
        due_on=date.fromisoformat(envelope["due_on"]),
        covered_to=date.fromisoformat(document["period"]["end_on"]),
        run_id="run_1",
        draft_digest="",
        sha256="",
        place=PackSlice("", 0, 0),
    )
