"""Issued documents: read closed, rendered once, mailed once, opened by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from solde.ports.billing import Header, Rendered


@dataclass(frozen=True, slots=True)
class Link:
    """
    What a token opens: one document of one customer, for whom it was made.

    Its last day follows from the day on which it was made, and from the document; of the oldest
    links it is said. `contact` is the digest of the address, or of whatever else it was sent to.
    `forgotten_at` is the second, by the wall clock, from which on nothing is known of it.
    """

    customer_id: str
    invoice_id: str
    expires_on: date | None = None
    made_on: date | None = None
    contact: str = ""
    forgotten_at: int = 0


class DocumentStore(Protocol):
    def header(self, customer_id: str, invoice_id: str) -> Header | None: ...

    def closed(self, header: Header) -> Mapping[str, Any]:
        """Read the closed document of a header from its pack."""
        ...

    def rendered(
        self, found: Sequence[tuple[Header, Mapping[str, Rendered]]], *, at: datetime
    ) -> None:
        """Keep where the forms of documents lie, and announce those that were not known yet."""
        ...

    def bytes_of(self, rendered: Rendered) -> bytes:
        """Read one form of a document from its pack."""
        ...

    def mailed_as(self, header: Header) -> tuple[str, ...]:
        """Name the mail of a document by its job and as the provider did; nothing if none went."""
        ...

    def link(self, token_digest: str) -> Link | None: ...
