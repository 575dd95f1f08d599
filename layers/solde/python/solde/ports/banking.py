"""Account statements as they are kept, and what is asked to find out whom a transfer comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from solde.domain.money import Money
from solde.ports.payments import Delivery

if TYPE_CHECKING:
    from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """
    A statement that was taken in; its money that came lies in deliveries, by their ids.

    `debits` counts what went, of which nothing follows here.
    """

    id: str
    entity: str
    account: str
    received_at: datetime
    transfers: tuple[str, ...]
    debits: int = 0
    opening: Money | None = None
    closing: Money | None = None


class Bank(Protocol):
    def keep(self, statement: KeptStatement) -> KeptStatement:
        """Keep a statement once; return the one that is kept."""
        ...

    def statement(self, statement_id: str) -> KeptStatement | None: ...

    def deliveries(self, transfers: Sequence[str]) -> dict[str, Delivery]:
        """Return the deliveries of transfers that are known, by their ids."""
        ...

    def numbered(self, number: str) -> "Header | None":
        """Find a document by its number."""
        ...

    def pays_from(self, customer_id: str, iban: str) -> bool:
        """Tell whether a customer is known to pay from an account."""
        ...

    def learn(self, customer_id: str, iban: str) -> None:
        """Keep that a customer pays from an account."""
        ...
