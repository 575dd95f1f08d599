"""Mails in the customer's language: a text part, an HTML part, and the link to the document."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from solde.adapters.render.html import environment
from solde.adapters.render.words import Words, words
from solde.ports.billing import Header
from solde.ports.mail import Mail

Document = Mapping[str, Any]
COLUMNS = 72
"""Where lines of a text part end at the latest, addresses of pages apart."""


def invoice_mail(document: Document, folder: Path, *, link: str, job_id: str) -> Mail:
    """Compose the mail that brings a document's link."""
    said = words(folder, document["language"])
    kind, envelope = document["kind"], document["envelope"]
    facts = {
        "number": envelope["number"],
        "seller": document["entity"]["name"],
        "amount": said.money(document["totals"]["gross"], document["currency"]),
        "day": said.day(envelope["due_on"]),
        "prepaid": said.money(document["totals"]["prepaid"], document["currency"]),
        "due": said.money(document["totals"]["due"], document["currency"]),
    }
    paid = _settled(document)
    whole = "_settled" if paid and not document["totals"]["due"] else ""
    subject = said.say(f"mail_subject_{kind}{whole}", **facts)
    text = said.say(f"mail_{kind}{paid}", **facts)
    return _mail(document, folder, _Message(said, subject, text, link, job_id))


def _settled(document: Document) -> str:
    """Name the text for what credit, or a deposit, has paid already."""
    if not document["totals"]["prepaid"]:
        return ""
    if any("deposit" in one for one in document["prepaid"]):
        return "_deducted" if document["totals"]["due"] else "_deducted_whole"
    return "_prepaid" if document["totals"]["due"] else "_settled"


def reminder_mail(
    document: Document, header: Header, folder: Path, *, level: int, answers: tuple[str, ...] = ()
) -> Mail:
    """Compose the first or second reminder of what is still open, below the mails it `answers`."""
    said = words(folder, document["language"])
    facts = {
        "number": header.number,
        "amount": said.money(header.gross_minor - header.paid_minor, header.currency),
        "day": said.day(header.due_on.isoformat()),
    }
    subject = said.say(f"reminder_subject_{level}", **facts)
    text = said.say(f"reminder_{level}", **facts)
    job_id = f"{header.id}-{level}"
    return _mail(document, folder, _Message(said, subject, text, "", job_id, answers))


@dataclass(frozen=True, slots=True)
class _Message:
    said: Words
    subject: str
    text: str
    link: str
    job_id: str
    answers: tuple[str, ...] = ()


def _mail(document: Document, folder: Path, message: _Message) -> Mail:
    said = message.said
    values = {
        "language": said.language,
        "subject": message.subject,
        "greeting": said.say("mail_greeting", name=document["customer"]["name"]),
        "text": message.text,
        "link": message.link,
        "open": said.say("mail_open"),
        "open_at": said.say("mail_open_at", link=message.link),
        "note": said.say("mail_link_note"),
        "close": said.say("mail_close"),
        "seller": document["entity"]["name"],
    }
    made, entity = environment(folder), document["entity"]
    return Mail(
        to=document["customer"]["email"],
        subject=message.subject,
        text=_wrapped(made.get_template("email/mail.txt.j2").render(**values)),
        html=made.get_template("email/mail.html.j2").render(**values),
        job_id=message.job_id,
        reply_to=entity["registration"].get("email", ""),
        list_name=f"{entity['code']}.invoices",
        answers=message.answers,
    )


def _wrapped(text: str) -> str:
    """Set paragraphs to their width; a line with an address stays one, so that it can be opened."""
    lines = (
        line if "://" in line else textwrap.fill(line, COLUMNS, break_long_words=False)
        for line in text.strip().splitlines()
    )
    return "\n".join(lines) + "\n"
