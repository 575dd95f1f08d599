"""Mails in the customer's language: a text part, an HTML part, and the link to the document."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from solde.adapters.render.html import environment
from solde.adapters.render.texts.mails import USUAL, Own, own_mail
from solde.adapters.render.words import Words, words
from solde.ports.billing import Header
from solde.ports.mail import Mail
from solde.ports.sendings import Outgoing

Document = Mapping[str, Any]
COLUMNS = 72
"""Where lines of a text part end at the latest, addresses of pages apart."""


def invoice_mail(
    document: Document,
    folder: Path,
    out: Outgoing,
    own: Own = USUAL,
) -> Mail:
    """Compose the mail that brings a document, by its link at least."""
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
    usual = (
        said.say(f"mail_subject_{kind}{whole}", **facts),
        said.say(f"mail_{kind}{paid}", **facts),
    )
    subject, text = own_mail(kind, document, said, own, usual)
    return _mail(document, folder, _Message(said, subject, text, out))


def _settled(document: Document) -> str:
    """Name the text for what credit, or a deposit, has paid already."""
    if not document["totals"]["prepaid"]:
        return ""
    if any("deposit" in one for one in document["prepaid"]):
        return "_deducted" if document["totals"]["due"] else "_deducted_whole"
    return "_prepaid" if document["totals"]["due"] else "_settled"


class Reminder(NamedTuple):
    """The first or second, of what is `still` open, below the mails that it `answers`."""

    level: int
    still: str
    answers: tuple[str, ...] = ()


def reminder_mail(
    document: Document,
    header: Header,
    folder: Path,
    asked: tuple[str, int, int],
    *,
    answers: tuple[str, ...] = (),
    own: Own = USUAL,
) -> Mail:
    """
    Compose a reminder of what is still open, below the mails it `answers`.

    `asked` says to whom, in which tone (1 amiable to 4 formal), and as which step.
    """
    to, tone, step = asked
    said = words(folder, document["language"])
    still = said.money(header.open_minor, header.currency)
    tags = {"customer": header.customer_id, "invoice": header.id}
    out = Outgoing(to, "", f"{header.id}-{step}", tags=tags)
    return reminder_of(document, out, folder, Reminder(tone, still, answers), own)


def reminder_of(
    document: Document, out: Outgoing, folder: Path, reminder: Reminder, own: Own = USUAL
) -> Mail:
    said, envelope = words(folder, document["language"]), document["envelope"]
    day, kind = said.day(envelope["due_on"]), f"reminder_{reminder.level}"
    facts = {"number": envelope["number"], "amount": reminder.still, "day": day}
    usual = said.say(f"reminder_subject_{reminder.level}", **facts), said.say(kind, **facts)
    subject, text = own_mail(kind, document, said, own, usual, reminder.still)
    return _mail(document, folder, _Message(said, subject, text, out, reminder.answers))


@dataclass(frozen=True, slots=True)
class _Message:
    said: Words
    subject: str
    text: str
    out: Outgoing
    answers: tuple[str, ...] = ()


def _mail(document: Document, folder: Path, message: _Message) -> Mail:
    said, out = message.said, message.out
    values = {
        "language": said.language,
        "subject": message.subject,
        "greeting": said.say("mail_greeting", name=document["customer"]["name"]),
        "text": message.text,
        "link": out.link,
        "enclosed": _enclosed(out, said),
        "open": said.say("mail_open"),
        "open_at": said.say("mail_open_at", link=out.link),
        "note": said.say("mail_link_note"),
        "close": said.say("mail_close"),
        "seller": document["entity"]["name"],
    }
    made, entity = environment(folder), document["entity"]
    return Mail(
        to=out.to,
        subject=message.subject,
        text=_wrapped(made.get_template("email/mail.txt.j2").render(**values)),
        html=made.get_template("email/mail.html.j2").render(**values),
        job_id=out.job_id,
        reply_to=entity["registration"].get("email", ""),
        list_name=f"{entity['code']}.invoices",
        answers=message.answers,
        attachments=out.attachments,
        tags=out.tags,
    )


def _enclosed(out: Outgoing, said: Words) -> str:
    """Say that the document goes along, or why it does not though it was to."""
    if out.too_large:
        return said.say("mail_too_large")
    return said.say("mail_attached") if out.attachments else ""


def _wrapped(text: str) -> str:
    """Set paragraphs to their width; a line with an address stays one, so that it can be opened."""
    lines = (
        line if "://" in line else textwrap.fill(line, COLUMNS, break_long_words=False)
        for line in text.strip().splitlines()
    )
    return "\n".join(lines) + "\n"
