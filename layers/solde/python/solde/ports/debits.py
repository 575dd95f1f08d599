"""Mandates and direct debits, and the files that they go to a bank in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from solde.domain.banking.debit import Debit
from solde.domain.banking.mandate import Mandate

if TYPE_CHECKING:
    from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects: `id` is what banks know him by (ICS)."""

    name: str
    id: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class DebitBatch:
    """What one file asks for: the debits in it never change."""

    id: str
    entity: str
    made_at: datetime
    debits: tuple[str, ...]
    total: int


class Mandates(Protocol):
    def of(self, customer_id: str) -> Sequence[Mandate]:
        """Return the mandates of a customer, oldest first, also those that are used no more."""
        ...

    def mandate(self, customer_id: str, mandate_id: str) -> Mandate | None: ...

    def sign(self, mandate: Mandate) -> Mandate:
        """Keep a mandate once; return the one that is kept."""
        ...

    def end(self, mandate: Mandate) -> None:
        """Keep that a mandate is used no more, as it says."""
        ...


class Debits(Protocol):
    def mandate(self, customer_id: str, mandate_id: str) -> Mandate | None: ...

    def invoice(self, invoice_id: str) -> "Header | None": ...

    def used(self, mandate: Mandate, debit_id: str) -> Mandate:
        """Keep which debit a mandate was used for first; return it as it then is."""
        ...

    def debit(self, debit_id: str) -> Debit | None: ...

    def ask(self, debit: Debit) -> Debit:
        """Store a debit once; return the one that is stored."""
        ...

    def waiting(self, until: str) -> Sequence[Debit]:
        """Return the debits to be collected up to a day that are in no file yet."""
        ...

    def claim(self, debit: Debit, batch: str) -> bool:
        """Let a debit belong to a batch, unless it does to one; False if it does."""
        ...

    def release(self, debit: Debit) -> None:
        """Let a debit go that its batch is without."""
        ...

    def sent(self, debit: Debit) -> None:
        """Keep that a debit is in a file, with the day that this says."""
        ...

    def ended(self, debit: Debit) -> bool:
        """Keep that a debit came back, or is dropped; False if it had ended already."""
        ...

    def batch(self, batch_id: str) -> DebitBatch | None: ...

    def freeze(self, batch: DebitBatch) -> DebitBatch:
        """Keep what a batch has, once; return what is kept."""
        ...
