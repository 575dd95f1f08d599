"""Render: HTML and PDF of closed documents, stored before anybody is told of them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.retention import kept_by
from solde.ports.billing import Header, PackSlice, Rendered
from solde.ports.documents import DocumentStore, Link
from solde.ports.objects import ObjectStore
from solde.ports.sendings import Sendings
from solde.workflows.send_mail import FORGOTTEN_AFTER, digest_of


@dataclass(frozen=True, slots=True)
class PayLinks:
    """
    Links for documents that have a button to pay by (`shows`), opened when they are rendered.

    `token()` is fresh chance of at least 128 bits, `wall()` the second of the wall clock.
    """

    shows: Callable[[Mapping[str, Any]], bool]
    sendings: Sendings
    token: Callable[[], str]
    wall: Callable[[], int]
    public_url: Callable[[], str]

    def made(self, header: Header, document: Mapping[str, Any]) -> str:
        """
        Let a new token open a document for its customer, and return where it leads.

        Of a document that is rendered again, since nobody knows that it was, both open it.
        """
        token, email = self.token(), document["customer"]["email"]
        link = Link(
            header.customer_id,
            header.id,
            made_on=header.issued_on,
            contact=contact_digest(email) if email else "",
            forgotten_at=self.wall() + int(FORGOTTEN_AFTER.total_seconds()),
        )
        self.sendings.open(digest_of(token), link)
        return f"{self.public_url()}/i/{token}"


@dataclass(frozen=True, slots=True)
class RenderContext:
    """`render(closed, pay_url)` gives the bytes by form; equal documents give equal bytes."""

    documents: DocumentStore
    archive: ObjectStore
    render: Callable[[Mapping[str, Any], str], Mapping[str, bytes]]
    links: PayLinks | None = None


@dataclass(slots=True)
class Rendering:
    """
    The documents that one announcement names, rendered one by one and stored together.

    Their bytes lie in one write-once object, named by its content; a form is a range of it. An
    object each would cost more than all else that a run does.
    """

    context: RenderContext
    _made: list[tuple[Header, Mapping[str, bytes]]] = field(default_factory=list)
    _kept_until: list[date] = field(default_factory=list)

    def add(self, customer_id: str, invoice_id: str) -> None:
        """
        Render a document unless that was done.

        Raises:
            NotFoundError: there is no such document.

        """
        documents = self.context.documents
        header = documents.header(customer_id, invoice_id)
        if header is None:
            raise NotFoundError(f"invoice: expected one of {customer_id}, found {invoice_id!r}")
        if not header.documents:
            document = documents.closed(header)
            self._kept_until.append(kept_by(document))
            links = self.context.links
            url = links.made(header, document) if links and links.shows(document) else ""
            self._made.append((header, self.context.render(document, url)))

    def store(self, at: datetime) -> None:
        """Store what was rendered, keep where it lies, and announce it; twice does no harm."""
        if not self._made:
            return
        pack = b"".join(body for _, forms in self._made for body in forms.values())
        key = f"documents/{hashlib.sha256(pack).hexdigest()[:32]}.pack"
        until = max(self._kept_until)
        self.context.archive.put_new(
            key, pack, content_type="application/octet-stream", kept_until=until
        )
        found, offset = [], 0
        for header, forms in self._made:
            places = {}
            for form, body in forms.items():
                digest = hashlib.sha256(body).hexdigest()
                places[form] = Rendered(PackSlice(key, offset, len(body)), digest)
                offset += len(body)
            found.append((header, places))
        self.context.documents.rendered(found, at=at)
