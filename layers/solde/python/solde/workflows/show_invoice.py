"""Show: what the link of a mail opens; looking changes nothing."""

from datetime import date

from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.links import opens_until
from solde.ports.billing import Header
from solde.ports.documents import DocumentStore, Link
from solde.ports.sendings import Contacts, Reach
from solde.workflows.send_mail import digest_of

TOKEN_MAX = 100


def opened_by(
    token: str, today: date, documents: DocumentStore, contacts: Contacts
) -> Header | None:
    """
    Return the header of the one document that a token opens; None for any other token.

    Nor does one open anything that was sent to what is no contact of the customer any more.
    """
    link = documents.link(digest_of(token[:TOKEN_MAX]))
    if link is None:
        return None
    header = documents.header(link.customer_id, link.invoice_id)
    if header is None or today > last_day(link, header):
        return None
    if link.contact and link.contact not in known(contacts.reach(link.customer_id)):
        return None
    return header


def last_day(link: Link, header: Header) -> date:
    if link.made_on is None:
        return link.expires_on or date.min
    return opens_until(link.made_on, due_on=header.due_on, paid_on=header.paid_on)


def known(reach: Reach) -> set[str]:
    """Return the digests of everything that a link may have been sent to."""
    places = (*reach.customer.addresses, reach.ways.url, reach.ways.folder)
    return {contact_digest(one) for one in places if one}
