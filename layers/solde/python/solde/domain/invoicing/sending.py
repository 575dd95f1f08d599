"""Ids of what follows from the issue of a document: asked for twice, it is the same sending."""

from datetime import UTC, datetime

from solde.domain.identity import derived_id, instant_of

ISSUED = "issued"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def issued_id(invoice_id: str, way: str) -> str:
    """Name the sending of a document by one way that its issue asks for."""
    return derived_id("dlv", invoice_id, ISSUED, way, at=instant_of(invoice_id) or BEGINNING)
