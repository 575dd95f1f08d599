"""Renew: who had a document by a link gets a new link, at an address of the customer's."""

from datetime import datetime

from solde.domain.identity import derived_id, instant_of
from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.sending import BEGINNING
from solde.domain.invoicing.ways import MAIL
from solde.ports.documents import DocumentStore
from solde.ports.sendings import RENEWED, Contacts, Sending, Sendings
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import TOKEN_MAX

EVERY_SECONDS = 3_600
"""One new link of a document in this time, by the wall clock, however often it is asked for."""


def renew_link(
    asked: tuple[str, str],
    at: datetime,
    second: int,
    documents: DocumentStore,
    *,
    contacts: Contacts,
    sendings: Sendings,
) -> bool:
    """
    Let a fresh link be mailed if a token was ours once and the address is the customer's.

    `asked` are token and address. Whoever asks is answered the same, whatever this returns.
    """
    token, address = asked
    link = documents.link(digest_of(token[:TOKEN_MAX]))
    if link is None or documents.header(link.customer_id, link.invoice_id) is None:
        return False
    reach = contacts.reach(link.customer_id)
    if contact_digest(address) not in map(contact_digest, reach.addresses):
        return False
    natural = link.invoice_id, RENEWED, str(second // EVERY_SECONDS)
    made_at = instant_of(link.invoice_id) or BEGINNING
    identity = derived_id("dlv", *natural, at=made_at)
    return sendings.ask(Sending(identity, link.customer_id, link.invoice_id, MAIL, RENEWED, at))
