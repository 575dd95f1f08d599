"""Send: one mail per document, with a link that opens that document and nothing else."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from solde.domain.errors import NotFoundError
from solde.ports.documents import DocumentStore, Link
from solde.ports.mail import Mail, Mailer

OPENS_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SendContext:
    """`token()` is fresh chance of at least 128 bits; `compose(document, link, job)` the mail."""

    documents: DocumentStore
    mailer: Mailer
    token: Callable[[], str]
    compose: Callable[[Mapping[str, Any], str, str], Mail]
    public_url: str


def send_document(customer_id: str, invoice_id: str, at: datetime, context: SendContext) -> str:
    """
    Mail the link of a document, and return the state in which its mail job ended.

    The job is claimed before the provider is called: a job found claimed by a worker that never
    came back may have gone out, so it ends as failed and is not sent again by itself.

    Raises:
        NotFoundError: there is no such document.

    """
    header = context.documents.header(customer_id, invoice_id)
    if header is None:
        raise NotFoundError(f"invoice: expected one of {customer_id}, found {invoice_id!r}")
    document = context.documents.closed(header)
    token = context.token()
    link = Link(customer_id, invoice_id, (at + OPENS_FOR).date())
    found = context.documents.claim_mail(header, digest_of(token), link=link, at=at)
    if found == "sending":
        context.documents.end_mail(header, state="failed", message_id="outcome unknown", at=at)
        return "failed"
    if found != "claimed":
        return found
    if not document["customer"]["email"]:
        context.documents.end_mail(header, state="suppressed", message_id="no address", at=at)
        return "suppressed"
    mail = context.compose(document, f"{context.public_url}/i/{token}", invoice_id)
    message_id = context.mailer.send(mail)
    context.documents.end_mail(header, state="sent", message_id=message_id, at=at)
    return "sent"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
