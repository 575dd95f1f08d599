"""Render: HTML and PDF of closed documents, stored before anybody is told of them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.retention import kept_until
from solde.ports.billing import Header, PackSlice, Rendered
from solde.ports.documents import DocumentStore
from solde.ports.objects import ObjectStore


@dataclass(frozen=True, slots=True)
class RenderContext:
    """`render(closed)` gives the bytes by form; equal documents give equal bytes."""

    documents: DocumentStore
    archive: ObjectStore
    render: Callable[[Mapping[str, Any]], Mapping[str, bytes]]


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
            country = document["entity"]["address"]["country"]
            self._kept_until.append(kept_until(country, header.issued_on))
            self._made.append((header, self.context.render(document)))

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
