"""Somebody with a link: the document that it opens, in the seller's look and the reader's words."""

from collections.abc import Sequence
from typing import NamedTuple

from solde.adapters.render.pages.shell import Visit
from solde.adapters.render.words import words
from solde.domain.attempts import Attempt
from solde.domain.dunning import Notice
from solde.domain.invoicing.customer_links import CustomerLink
from solde.domain.payments import Payment
from solde.ports.billing import Header
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.documents import documents, templates
from solde.runtime.looks import look_for
from solde.runtime.reach import attempts, contacts, customer_links, notices, receipts
from solde.runtime.settings import settings
from solde.workflows.pay_invoice import Choice, ways_to_pay
from solde.workflows.send_mail import digest_of
from solde.workflows.show_invoice import TOKEN_MAX, opened_by

OF_CUSTOMER = "c"
"""How paths begin of what a link to a customer's own pages opens; others are of one document."""


class Opened(NamedTuple):
    """What a path opens, and what stands behind it."""

    visit: Visit | None
    rest: list[str]


def opened(path: str) -> Opened:
    """Return the visit that the token of a path allows: to its document, or to one of an owner."""
    _, kind, token, *rest = path.rstrip("/").split("/")
    today = business_now().date()
    if kind != OF_CUSTOMER:
        header = opened_by(token, today, documents(), contacts())
        return Opened(visiting(header, f"/{kind}/{token}") if header else None, rest)
    link = link_of(token)
    header = documents().header(link.customer_id, rest[0]) if link and rest else None
    if header is None:
        return Opened(None, rest)
    home = f"/{kind}/{token}"
    return Opened(visiting(header, f"{home}/{header.id}", home), rest[1:])


def link_of(token: str) -> CustomerLink | None:
    """Return the link to a customer's own pages that a token is of, while it opens them."""
    found = customer_links().opened(digest_of(token[:TOKEN_MAX]))
    return found if found and found.opens(business_now().date()) else None


def visiting(header: Header, base: str, home: str = "") -> Visit:
    document = documents().closed(header)
    look = look_for(document, document["envelope"]["issued_on"])
    said = words(templates(), document["language"])
    today = business_now().date()
    return Visit(document, header, said, look, base, today, templates(), home)


def attempts_of(visit: Visit) -> Sequence[Attempt]:
    return attempts().of(visit.header.customer_id, visit.header.id)


def payments_of(visit: Visit) -> Sequence[Payment]:
    return receipts().payments(visit.header)


def choice_of(visit: Visit, way: str, after: int) -> Choice:
    offered = wiring.entities().entity(visit.header.entity).payable_by
    country: str = visit.document["customer"]["address"]["country"]
    return Choice(way, after, offered, country, settings.live)


def ways_of(visit: Visit) -> tuple[str, ...]:
    """Return the ways by which this reader can pay what is open."""
    found = choice_of(visit, "", 0)
    return ways_to_pay(visit.header, found.offered, found.country, live=found.live)


def notices_of(visit: Visit) -> Sequence[Notice]:
    return notices().of(visit.header.customer_id, visit.header.id)
