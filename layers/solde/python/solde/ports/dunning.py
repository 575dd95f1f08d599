"""What the chase of overdue invoices needs of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from solde.domain.dunning import Notice
from solde.domain.invoicing.parties import Customer
from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have to be reminded; re-checked before anything is sent."""

    customer_id: str
    invoice_id: str


@dataclass(frozen=True, slots=True)
class Overdue:
    header: Header
    customer: Customer
    notices: Sequence[Notice] = ()
    """What the customer has said of it."""


class DunningStore(Protocol):
    def due(self, entity: str, until: date) -> Sequence[Candidate]: ...

    def overdue(self, candidate: Candidate) -> Overdue | None:
        """Read invoice and customer consistently."""
        ...

    def claim(self, header: Header, *, next_action_on: date | None, on: date) -> bool:
        """
        Take the next reminder: counted before it is sent, so that it is sent at most once.

        False when the invoice has moved since it was read (a payment, another chaser).
        """
        ...

    def sent(self, header: Header, *, level: int, message_id: str) -> None:
        """Keep what became of a reminder."""
        ...


class Notices(Protocol):
    def of(self, customer_id: str, invoice_id: str) -> Sequence[Notice]:
        """Read what a customer has said of a document, the first first."""
        ...

    def tell(self, notice: Notice) -> bool:
        """Keep what is said, and announce it; False when it is known."""
        ...

    def close(self, notice: Notice, at: datetime) -> bool:
        """Keep that a question is answered, or a promise counts no more; False if it was."""
        ...
