"""Issued documents: read closed, rendered once, mailed once, opened by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from solde.ports.billing import Header, Rendered


@dataclass(frozen=True, slots=True)
class Link:
    """What a mailed token opens: one document of one customer, until a day."""

    customer_id: str
    invoice_id: str
    expires_on: date


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

    def claim_mail(self, header: Header, token_digest: str, *, link: Link, at: datetime) -> str:
        """
        Take the one mail job of a document, with the token its link will carry.

        Return "claimed", or the state that the job was found in.
        """
        ...

    def end_mail(self, header: Header, *, state: str, message_id: str, at: datetime) -> None:
        """Keep what became of the mail, and announce it."""
        ...

    def mailed_as(self, header: Header) -> tuple[str, ...]:
        """Name the mail of a document by its job and as the provider did; nothing if none went."""
        ...

    def link(self, token_digest: str) -> Link | None: ...
