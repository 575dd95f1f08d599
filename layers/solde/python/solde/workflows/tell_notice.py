"""Tell: a customer asks something of a document, or promises by when he pays it."""

from collections.abc import Sequence
from datetime import date, datetime

from solde.domain.dunning import PROMISE, QUESTION, TEXT_MAX, Notice, promised
from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.identity import derived_id
from solde.ports.billing import Header
from solde.ports.dunning import Notices

NOTICES_MAX = 20
"""What is said of one document: whoever has its link cannot say more."""


def ask_question(header: Header, text: str, at: datetime, notices: Notices) -> Notice:
    """
    Keep a question; while it has no answer nobody is reminded. Asked again, it is the same.

    Raises:
        InvalidError: there is no text, or too much.
        StateConflictError: enough was said of this document.

    """
    said = text.strip()
    if not 0 < len(said) <= TEXT_MAX:
        raise InvalidError(
            f"text: expected 1 to {TEXT_MAX} characters, found {len(said)}", pointer="/text"
        )
    return _told(header, Notice("", header.customer_id, header.id, QUESTION, at, said), notices)


def promise_to_pay(header: Header, on: date, today: date, at: datetime, notices: Notices) -> Notice:
    """
    Keep the day by which somebody promises to pay; nobody is reminded before it is past.

    Raises:
        InvalidError: the day is past, or too far ahead.
        StateConflictError: nothing is open, a promise is kept already, or enough was said.

    """
    if header.open_minor <= 0:
        raise StateConflictError(f"{header.id}: expected something open, found nothing")
    made = Notice("", header.customer_id, header.id, PROMISE, at, pays_on=promised(on, today))
    return _told(header, made, notices)


def close_notice(header: Header, notice_id: str, at: datetime, notices: Notices) -> Notice:
    """
    Keep that a question is answered, or that a promise counts no more.

    Raises:
        NotFoundError: nothing of that id was said of the document.

    """
    found = _named(notice_id, notices.of(header.customer_id, header.id))
    if found.open:
        notices.close(found, at)
    return _named(notice_id, notices.of(header.customer_id, header.id))


def _told(header: Header, said: Notice, notices: Notices) -> Notice:
    on = said.pays_on.isoformat() if said.pays_on else ""
    identity = derived_id(
        "ntc",
        header.id,
        said.kind,
        said.text,
        on,
        at=said.at.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    known = notices.of(header.customer_id, header.id)
    if found := next((one for one in known if one.id == identity), None):
        return found
    if len(known) >= NOTICES_MAX:
        raise StateConflictError(f"notices: expected at most {NOTICES_MAX}, found more")
    if said.kind == PROMISE and any(one.kind == PROMISE and one.open for one in known):
        raise StateConflictError("promise: expected no other, found one")
    made = Notice(
        identity,
        said.customer_id,
        said.invoice_id,
        said.kind,
        said.at,
        text=said.text,
        pays_on=said.pays_on,
    )
    notices.tell(made)
    return made


def _named(notice_id: str, notices: Sequence[Notice]) -> Notice:
    found = next((one for one in notices if one.id == notice_id), None)
    if found is None:
        raise NotFoundError(f"notice: expected one of the document, found {notice_id!r:.60}")
    return found
