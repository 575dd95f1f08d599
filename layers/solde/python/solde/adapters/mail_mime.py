"""
A mail as bytes: text first, then HTML, then what is attached; equal mails are equal bytes.

No name, subject or address can add a header: what would is refused, and never cleaned.
"""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from solde.domain.errors import InvalidError
from solde.ports.mail import Mail

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^@\s<>,;:\"()\[\]\\]{1,255})")
FORBIDDEN = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
"""What ends a line, for some reader or other, or is none of its text."""


def mime(mail: Mail, sender: str, *, answers: tuple[str, ...] = ()) -> bytes:
    """
    Return the message; `answers` are the Message-IDs of those that it belongs under.

    Raises:
        InvalidError: a header would hold what no header may.

    """
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(mail, sender, answers):
        if FORBIDDEN.search(value):
            raise InvalidError(f"mail: expected one line as {name}, found a control character")
        message[name] = value
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for one in mail.attachments:
        kind, _, subtype = one.content_type.partition("/")
        if FORBIDDEN.search(one.name):
            raise InvalidError("mail: expected one line as a name, found a control character")
        message.add_attachment(one.body, maintype=kind, subtype=subtype, filename=one.name)
    parts = [part for part in message.walk() if part.is_multipart()]
    for place, part in enumerate(parts):
        part.set_boundary(f"=_{place}_{mail.job_id}")
    return message.as_bytes()


def message_id(job_id: str, sender: str) -> str:
    return f"<{job_id}@{_domain(sender)}>"


def _headers(mail: Mail, sender: str, answers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "From", _address("From", sender)
    yield "To", _address("To", mail.to)
    yield "Subject", mail.subject
    yield "Message-ID", message_id(mail.job_id, sender)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Entity-Ref-ID", mail.job_id
    if mail.reply_to:
        yield "Reply-To", _address("Reply-To", mail.reply_to)
    if mail.list_name:
        yield "List-Id", f"<{mail.list_name}.{_domain(sender)}>"
    if answers:
        yield "In-Reply-To", answers[-1]
        yield "References", " ".join(answers)


def _address(name: str, text: str) -> str:
    """Return one plain address; a domain in letters of its own goes as ASCII."""
    found = ADDRESS.fullmatch(text)
    if found is None:
        raise InvalidError(f"mail: expected one address as {name}, found {len(text)} characters")
    domain = found[1]
    return text if domain.isascii() else text.removesuffix(domain) + _ascii(domain)


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError as none:
        raise InvalidError("mail: expected the name of a domain, found none") from none


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2]
