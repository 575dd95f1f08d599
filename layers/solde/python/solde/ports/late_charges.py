"""What late charges follow from beside the invoice: what settled it, what was charged, rates."""

from collections.abc import Sequence
from typing import Protocol

from solde.domain.late import ReferenceRate, Settled
from solde.ports.billing import Header


class LateCharges(Protocol):
    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        """Read an invoice consistently."""
        ...

    def settled(self, header: Header) -> Sequence[Settled]:
        """
        Return what has settled an invoice since it was issued, and what opened it again.

        What settled it when it was issued is left out.
        """
        ...

    def charged(self, header: Header) -> Sequence[Header]:
        """Return the documents that charge late charges of an invoice, in their order."""
        ...

    def waived(self, header: Header) -> Sequence[Header]:
        """Return the notes that take back of a document of late charges, in their order."""
        ...

    def rates(self) -> Sequence[ReferenceRate]:
        """Return the reference rates that the seller has added."""
        ...
