"""Documents and mails in a function: the templates of its layer, the stores, the mailer."""

import secrets
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from solde.adapters.mail_ses import SesMailer
from solde.adapters.render.html import document_html
from solde.adapters.render.letter import reminder_view
from solde.adapters.render.mail import invoice_mail, reminder_mail
from solde.adapters.render.paying import paid_by_link
from solde.adapters.render.statement import statement_view
from solde.adapters.render.texts.mails import Own
from solde.adapters.render.view import View, view
from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, cii, factur_x, ubl
from solde.domain.invoicing.profiles import NO_PROFILE, carried
from solde.domain.templates import PAY
from solde.ports.billing import Entities, Header
from solde.ports.dunning import Overdue
from solde.ports.mail import Mail
from solde.ports.sendings import Outgoing
from solde.runtime import wiring
from solde.runtime.clock import wall_seconds
from solde.runtime.looks import look_for
from solde.runtime.reach import contacts, sendings
from solde.runtime.settings import settings
from solde.storage.documents import DocumentTable
from solde.storage.dunning_policies import PolicyTable
from solde.workflows.chase_overdue import ChaseContext, Deciding
from solde.workflows.render_documents import PayLinks, RenderContext
from solde.workflows.send_mail import SendContext

TOKEN_BYTES = 24
"""192 bits: nobody guesses it."""


def templates() -> Path:
    return Path(settings.templates)


@cache
def documents() -> DocumentTable:
    return DocumentTable(wiring.table(), wiring.archive())


@cache
def mailer() -> SesMailer:
    return SesMailer(wiring.client("sesv2"), sender=settings.mail_from)


def rendered(document: Mapping[str, Any], pay_url: str = "") -> Mapping[str, bytes]:
    """
    Return the forms of a closed document: for a business also what it may book by machine.

    `pay_url` is where the button leads that page and PDF have, where they have one.
    """
    said, profile = words(templates(), document["language"]), carried(document)
    look = look_for(document, document["envelope"]["issued_on"])
    shown = view(document, said, look, pay_url=pay_url)
    if profile == NO_PROFILE:
        return {form: paper(shown, form) for form in ("html", "pdf")}
    structured = business_terms(document, said, profile)
    return {
        "html": paper(shown, "html"),
        "cii": cii(structured),
        "ubl": ubl(structured),
        "pdf": paper(shown, "pdf", invoice=factur_x(document, said, profile)),
    }


def paper(shown: View, form: str, *, invoice: bytes = b"") -> bytes:
    """
    Set a view as html or pdf, which may have a structured `invoice` inside.

    fpdf2 costs two seconds to import and is wanted here only.
    """
    if form == "html":
        return document_html(shown, templates()).encode()
    from solde.adapters.render.pdf import document_pdf  # noqa: PLC0415

    return document_pdf(shown, templates(), invoice=invoice)


def statement_paper(statement: Mapping[str, Any], form: str) -> bytes:
    """Set a statement in its language; it is stored nowhere."""
    look = look_for(statement, statement["as_of"])
    return paper(statement_view(statement, words(templates(), statement["language"]), look), form)


def render_context() -> RenderContext:
    links = PayLinks(_has_button, sendings(), _token, wall_seconds, lambda: settings.public_url)
    return RenderContext(documents(), wiring.archive(), rendered, links)


def _has_button(document: Mapping[str, Any]) -> bool:
    look = look_for(document, document["envelope"]["issued_on"])
    return look.shows(PAY, usually=False) and paid_by_link(document)


def _token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def send_context() -> SendContext:
    return SendContext(
        documents=documents(),
        sendings=sendings(),
        contacts=contacts(),
        mailer=mailer(),
        token=_token,
        wall=wall_seconds,
        compose=_composed,
        public_url=settings.public_url,
    )


def _composed(document: Mapping[str, Any], out: Outgoing) -> Mail:
    look = look_for(document, document["envelope"]["issued_on"], drawn=False)
    return invoice_mail(document, templates(), out, Own(look))


def chase_context(entities: Entities) -> ChaseContext:
    def compose(overdue: Overdue, to: str, tone: int) -> Mail:
        header = overdue.header
        document, answers = documents().closed(header), documents().mailed_as(header)
        look = look_for(document, document["envelope"]["issued_on"], drawn=False)
        asked, own = (to, tone, header.reminders + 1), Own(look)
        return reminder_mail(document, header, templates(), asked, answers=answers, own=own)

    deciding = Deciding(wiring.dunning(), contacts(), PolicyTable(wiring.table()))
    return ChaseContext(deciding, entities, mailer(), compose)


def letter_paper(header: Header, *, tone: int, on: date) -> bytes:
    """Set the letter of a level as PDF, which asks for what is open now; it is stored nowhere."""
    document = documents().closed(header)
    said, look = words(templates(), document["language"]), look_for(document, on.isoformat())
    shown = reminder_view(
        document, said, open_minor=header.open_minor, level=tone, on=on.isoformat(), look=look
    )
    return paper(shown, "pdf")
