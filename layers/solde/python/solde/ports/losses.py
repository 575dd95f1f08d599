"""What is written off of invoices: facts with their entries, written with the invoice."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from solde.domain.ledger import Entry, Loss
from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class WriteOff:
    """`header` is the invoice as read, `after` its loss afterwards; the entry books the step."""

    id: str
    stage: str
    header: Header
    after: Loss
    entry: Entry
    reason: str = ""
    duplicate_sent_on: date | None = None


class Losses(Protocol):
    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        """Read an invoice consistently."""
        ...

    def known(self, customer_id: str, identity: str) -> bool:
        """Tell whether a fact of that id is stored."""
        ...

    def write(self, one: WriteOff, *, at: datetime) -> bool:
        """Write the fact with the invoice; False when that moved meanwhile."""
        ...
