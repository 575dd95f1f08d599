"""What links to a customer's own pages need of storage."""

from collections.abc import Sequence
from typing import Protocol

from solde.domain.invoicing.customer_links import CustomerLink


class CustomerLinks(Protocol):
    def of(self, customer_id: str) -> Sequence[CustomerLink]:
        """Read the links of a customer, the first made first."""
        ...

    def make(self, link: CustomerLink, token_digest: str, forgotten_at: int) -> None:
        """Keep a link and what its token is known by, until a second of the wall clock."""
        ...

    def opened(self, token_digest: str) -> CustomerLink | None:
        """Find the link of a token; None for any other."""
        ...

    def revoke(self, link: CustomerLink) -> None: ...
