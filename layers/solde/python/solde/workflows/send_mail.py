"""Send: a document by mail, with a link that opens it and nothing else, or with its bytes."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.contact import contact_digest, masked
from solde.domain.invoicing.sending import ISSUED, issued_id
from solde.domain.invoicing.ways import ATTACHMENT, LINK, MAIL
from solde.ports.billing import Header
from solde.ports.documents import DocumentStore, Link
from solde.ports.mail import Attachment, Mail, Mailer
from solde.ports.sendings import (
    FAILED,
    SENDING,
    SENT,
    SUPPRESSED,
    Contacts,
    Outgoing,
    Reach,
    Sending,
    Sendings,
)
from solde.workflows.deliver_document import SUFFIXES, TYPES

FORGOTTEN_AFTER = timedelta(days=430)
"""When the row of a link goes: later than any link opens."""
ATTACHED_MAX = 5_000_000
"""Bytes that a mail may carry beside itself; many an inbox takes no more than ten million."""
ATTACHED = ("pdf", "cii")
"""What is attached, of what there is: the document, and the invoice that machines read."""


@dataclass(frozen=True, slots=True)
class SendContext:
    """`token()` is fresh chance of at least 128 bits, `wall()` the second of the wall clock."""

    documents: DocumentStore
    sendings: Sendings
    contacts: Contacts
    mailer: Mailer
    token: Callable[[], str]
    wall: Callable[[], int]
    compose: Callable[[Mapping[str, Any], Outgoing], Mail]
    public_url: str


def send_document(customer_id: str, invoice_id: str, at: datetime, context: SendContext) -> str:
    """
    Mail a document that was issued, and return the state in which its mail job ended.

    Whatever else is due by the ways of its customer is asked for with the end of that job.

    Raises:
        NotFoundError: there is no such document.

    """
    header = _header(customer_id, invoice_id, context)
    reach = context.contacts.reach(customer_id)
    first = Sending(issued_id(invoice_id, MAIL), customer_id, invoice_id, MAIL, ISSUED, at)
    first = replace(first, choice=reach.choice, entity=header.entity)
    others = [
        replace(first, id=issued_id(invoice_id, way), way=way)
        for way in reach.ways.ways
        if way != MAIL
    ]
    if MAIL not in reach.ways.ways:
        return _ended(first, SUPPRESSED, "not by mail", header, others, context)
    return _mailed(first, header, reach, others, context)


def send_again(named: tuple[str, str, str], at: datetime, context: SendContext) -> str:
    """
    Mail a document once more, as a sending asks: to the address that counts now.

    Raises:
        NotFoundError: there is no such document or sending.

    """
    customer_id, invoice_id, sending_id = named
    header = _header(customer_id, invoice_id, context)
    sending = context.sendings.find(customer_id, invoice_id, sending_id)
    if sending is None:
        raise NotFoundError(f"sending: expected one of {invoice_id}, found {sending_id!r}")
    reach = context.contacts.reach(customer_id)
    return _mailed(replace(sending, at=at, choice=reach.choice), header, reach, (), context)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _header(customer_id: str, invoice_id: str, context: SendContext) -> Header:
    header = context.documents.header(customer_id, invoice_id)
    if header is None:
        raise NotFoundError(f"invoice: expected one of {customer_id}, found {invoice_id!r}")
    return header


def _mailed(
    sending: Sending,
    header: Header,
    reach: Reach,
    others: Sequence[Sending],
    context: SendContext,
) -> str:
    """
    Send one mail, and return its state.

    It is claimed before the provider is called: one found claimed by a worker that never came back
    may have gone out, so it ends as failed and is not sent again by itself.
    """
    if not reach.addresses:
        return _ended(sending, SUPPRESSED, _why_none(reach), header, others, context)
    address, token = reach.addresses[0], context.token()
    attached, too_large = _attached(header, reach, context)
    form = ATTACHMENT if attached else LINK
    contact = contact_digest(address)
    sending = replace(sending, to=masked(address), contact=contact, form=form)
    forgotten_at = context.wall() + int(FORGOTTEN_AFTER.total_seconds())
    link = Link(
        header.customer_id,
        header.id,
        made_on=sending.at.date(),
        contact=contact,
        forgotten_at=forgotten_at,
    )
    document = context.documents.closed(header)
    found = context.sendings.claim(sending, digest_of(token), link)
    if found == SENDING:
        ended = replace(sending, state=FAILED, note="outcome unknown")
        context.sendings.end(ended, header=header, others=others)
        return FAILED
    if found != "claimed":
        return found
    job_id = header.id if sending.cause == ISSUED else sending.id
    tags = {"customer": header.customer_id, "invoice": header.id}
    out = Outgoing(address, f"{context.public_url}/i/{token}", job_id, attached, too_large, tags)
    sent = context.mailer.send(context.compose(document, out))
    ended = replace(sending, state=SENT, note=sent)
    context.sendings.end(ended, header=header, others=others)
    return SENT


def _ended(
    sending: Sending,
    state: str,
    note: str,
    header: Header,
    others: Sequence[Sending],
    context: SendContext,
) -> str:
    """End a sending by which nothing goes out."""
    found = context.sendings.claim(sending)
    if found not in ("claimed", SENDING):
        return found
    ended = replace(sending, state=state, note=note)
    context.sendings.end(ended, header=header, others=others)
    return state


def _why_none(reach: Reach) -> str:
    reasons = sorted({one.reason for one in reach.stops.values()})
    return f"no address left: {', '.join(reasons)}" if reasons else "no address"


def _attached(
    header: Header, reach: Reach, context: SendContext
) -> tuple[tuple[Attachment, ...], bool]:
    """Return what goes along, and whether it would but for its size."""
    if reach.ways.mail != ATTACHMENT:
        return (), False
    there = header.documents or {}
    forms = [name for name in ATTACHED if name in there]
    if sum(there[name].place.length for name in forms) > ATTACHED_MAX:
        return (), True
    stem = header.number.replace("/", "-")
    return tuple(
        Attachment(
            f"{stem}.{SUFFIXES.get(name, name)}",
            TYPES[name],
            context.documents.bytes_of(there[name]),
        )
        for name in forms
    ), False
