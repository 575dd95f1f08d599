"""Copy: a document is dropped as files, or told to a webhook with links that open it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.ways import BUCKET, DROP, folder_of
from solde.ports.billing import Header
from solde.ports.documents import DocumentStore, Link
from solde.ports.objects import ObjectStore
from solde.ports.outbound import Outbound, OutboundRefusedError, OutboundUnavailableError
from solde.ports.sendings import FAILED, SENT, WAITING, Contacts, Reach, Sending, Sendings
from solde.workflows.deliver_document import SUFFIXES, TYPES
from solde.workflows.send_mail import FORGOTTEN_AFTER, digest_of

TRIES_MOST = 5
"""The receives of the queue: what no try has brought is failed, and a person is told."""
TAKEN = range(200, 300)
GONE = 410


@dataclass(frozen=True, slots=True)
class CopyContext:
    """
    `sign(secrets, id, second, body)` makes the headers of a call.

    `bucket` is what the deployment names for copies besides the archive, None if it names none.
    """

    documents: DocumentStore
    sendings: Sendings
    contacts: Contacts
    objects: ObjectStore
    outbound: Outbound
    token: Callable[[], str]
    wall: Callable[[], int]
    sign: Callable[[Sequence[str], str, int, bytes], Mapping[str, str]]
    public_url: str
    bucket: ObjectStore | None = None


def copy_document(named: tuple[str, str, str], at: datetime, context: CopyContext) -> str:
    """
    Bring a document by the way that a sending names, and return its state; safe to repeat.

    Raises:
        NotFoundError: there is no such document or sending.
        OutboundUnavailableError: it was not taken this time, and is tried again.

    """
    customer_id, invoice_id, sending_id = named
    header = context.documents.header(customer_id, invoice_id)
    sending = context.sendings.find(customer_id, invoice_id, sending_id)
    if header is None or sending is None:
        raise NotFoundError(f"sending: expected one of {invoice_id}, found {sending_id!r}")
    if sending.state != WAITING:
        return sending.state
    reach = context.contacts.reach(customer_id)
    tried = replace(sending, tries=sending.tries + 1)
    bring = _dropped if sending.way == DROP else _called
    try:
        ended = bring(replace(tried, at=at), header, reach, context)
    except (OutboundRefusedError, StateConflictError) as refused:
        ended = replace(tried, state=FAILED, note=str(refused))
    except OutboundUnavailableError as none:
        ended = replace(tried, note=str(none))
        if tried.tries < TRIES_MOST:
            context.sendings.end(ended, header=header)
            raise
        ended = replace(ended, state=FAILED)
    context.sendings.end(ended, header=header)
    return ended.state


def _dropped(sending: Sending, header: Header, reach: Reach, context: CopyContext) -> Sending:
    """Write each form once; what lies there already must be the same."""
    if not reach.ways.folder:
        raise StateConflictError("no folder is chosen any more")
    if not header.documents:
        raise OutboundUnavailableError("nothing is rendered yet")
    objects, folder = _place(header, reach, context)
    stem = f"{folder}/{header.number.replace('/', '-')}"
    for name, one in sorted((header.documents or {}).items()):
        key, body = f"{stem}.{SUFFIXES.get(name, name)}", context.documents.bytes_of(one)
        new = objects.put_new(key, body, content_type=TYPES[name])
        if not new and objects.get(key) != body:
            raise StateConflictError(f"{key}: something else lies there")
    return replace(sending, state=SENT, to=reach.ways.folder, note=f"{stem}.*")


def _place(header: Header, reach: Reach, context: CopyContext) -> tuple[ObjectStore, str]:
    """Return the bucket that copies go to, and the folder with what it names of a document."""
    on = header.issued_on
    facts = {
        "entity": header.entity,
        "customer": reach.customer.external_id or reach.customer.id,
        "kind": header.kind,
        "year": f"{on:%Y}",
        "month": f"{on:%m}",
        "day": f"{on:%d}",
    }
    folder = folder_of(reach.ways.folder, facts)
    if reach.ways.drop_to != BUCKET:
        return context.objects, f"drop/{folder}"
    if context.bucket is None:
        raise StateConflictError("this deployment names no bucket for copies any more")
    return context.bucket, folder


def _called(sending: Sending, header: Header, reach: Reach, context: CopyContext) -> Sending:
    """Post where the document is, signed; the id is the same at each try."""
    url, secrets = reach.ways.url, context.contacts.secrets(header.customer_id)
    if not url or not secrets:
        raise StateConflictError("no url is chosen any more" if not url else "no secret was made")
    token, second = context.token(), context.wall()
    forgotten_at = second + int(FORGOTTEN_AFTER.total_seconds())
    link = Link(
        header.customer_id,
        header.id,
        made_on=sending.at.date(),
        contact=contact_digest(url),
        forgotten_at=forgotten_at,
    )
    context.sendings.open(digest_of(token), link)
    body = json.dumps(_said(header, sending, f"{context.public_url}/i/{token}")).encode()
    status = context.outbound.post(url, body, context.sign(secrets, sending.id, second, body))
    host = url.removeprefix("https://").partition("/")[0]
    if status in TAKEN:
        return replace(sending, state=SENT, to=host, note=str(status))
    if status == GONE:
        raise OutboundRefusedError(f"{host}: answered {status}")
    raise OutboundUnavailableError(f"{host}: answered {status}")


def _said(header: Header, sending: Sending, page: str) -> dict[str, Any]:
    forms = header.documents or {}
    return {
        "type": "invoice.delivered",
        "timestamp": sending.at.isoformat(),
        "data": {
            "delivery": sending.id,
            "invoice": header.id,
            "customer": header.customer_id,
            "kind": header.kind,
            "number": header.number,
            "currency": header.currency,
            "total": header.gross_minor,
            "issued_on": header.issued_on.isoformat(),
            "due_on": header.due_on.isoformat(),
            "page_url": page,
            "pdf_url": f"{page}/pdf",
            "documents": {name: one.sha256 for name, one in sorted(forms.items())},
        },
    }
