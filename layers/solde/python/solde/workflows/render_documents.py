"""Render: HTML and PDF of a closed document, stored under their digests before anybody is told."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from solde.domain.errors import NotFoundError
from solde.ports.documents import DocumentStore
from solde.ports.objects import ObjectStore

TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class RenderContext:
    """`render(closed)` gives the bytes by form; equal documents give equal bytes."""

    documents: DocumentStore
    archive: ObjectStore
    render: Callable[[Mapping[str, Any]], Mapping[str, bytes]]


def render_document(
    customer_id: str, invoice_id: str, at: datetime, context: RenderContext
) -> Mapping[str, str]:
    """
    Render and store a document once; return its digests by form.

    Raises:
        NotFoundError: there is no such document.

    """
    header = context.documents.header(customer_id, invoice_id)
    if header is None:
        raise NotFoundError(f"invoice: expected one of {customer_id}, found {invoice_id!r}")
    if header.documents:
        return header.documents
    digests = {}
    for form, body in context.render(context.documents.closed(header)).items():
        digests[form] = hashlib.sha256(body).hexdigest()
        key = document_key(form, digests[form])
        context.archive.put_new(key, body, content_type=TYPES[form])
    context.documents.rendered(header, digests, at=at)
    return digests


def document_key(form: str, digest: str) -> str:
    return f"documents/{digest}.{form}"
