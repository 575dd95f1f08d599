"""Show: what the link of a mail opens; looking changes nothing."""

from datetime import date

from solde.ports.billing import Header
from solde.ports.documents import DocumentStore
from solde.workflows.send_mail import digest_of

TOKEN_MAX = 100


def opened_by(token: str, today: date, documents: DocumentStore) -> Header | None:
    """Return the header of the one document that a token opens; None for any other token."""
    link = documents.link(digest_of(token[:TOKEN_MAX]))
    if link is None or today > link.expires_on:
        return None
    return documents.header(link.customer_id, link.invoice_id)
