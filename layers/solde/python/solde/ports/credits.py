"""Credit that is applied to open invoices: a fact with its entry, written with what it moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from solde.domain.settlement import Applied, Lot
from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class CreditApplied:
    """`header` is the invoice as read; `asked` are the minor units of the request, if it said."""

    id: str
    header: Header
    applied: tuple[Applied, ...]
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an earlier request: its invoice, and what it asked for."""

    invoice_id: str
    asked: int | None


class Credits(Protocol):
    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        """Read an invoice consistently."""
        ...

    def lots(self, customer_id: str) -> Sequence[Lot]: ...

    def known(self, customer_id: str, identity: str) -> Known | None: ...

    def write(self, one: CreditApplied, *, at: datetime) -> bool:
        """Write the fact with invoice and lots; False when one of them moved meanwhile."""
        ...
