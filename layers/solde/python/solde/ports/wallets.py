"""Wallets, and the facts that move them: what is put in, what expires, what is given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from solde.domain.ledger import Entry
from solde.domain.money import Money
from solde.domain.settlement import Lot, TopUpRequest, Wallet


class WalletFactKind(Enum):
    TOP_UP = "wallet_top_up"
    EXPIRED = "wallet_expired"
    VOIDED = "wallet_voided"


@dataclass(frozen=True, slots=True)
class WalletFact:
    """What was put into a lot of a wallet, or what of it was lost; `entry` is what it books."""

    id: str
    kind: WalletFactKind
    lot: Lot
    """As it is after the fact."""
    amount: Money
    on: date
    entry: Entry
    reference: str = ""
    advance: int = 0
    """What of it was owed for a top-up that was sold, and stands on no statement."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact as it is listed."""

    id: str
    kind: WalletFactKind
    lot_id: str
    amount: Money
    on: date
    reference: str


class Wallets(Protocol):
    def make(self, wallet: Wallet, *, at: datetime) -> bool:
        """Store a wallet that is new; False when there is one of that id."""
        ...

    def wallet(self, customer_id: str, wallet_id: str) -> Wallet | None: ...

    def wallets(self, customer_id: str) -> Sequence[Wallet]: ...

    def refilled(self, entity: str) -> Sequence[Wallet]:
        """Find the wallets of an entity that say when they are to be topped up."""
        ...

    def lots(self, customer_id: str) -> Sequence[Lot]:
        """Read all credit of a customer, whatever it comes from."""
        ...

    def facts(self, customer_id: str, wallet_id: str) -> Sequence[Moved]: ...

    def put(self, fact: WalletFact, *, at: datetime, pays: TopUpRequest | None = None) -> bool:
        """Write a top-up with its lot, and that it pays a request; False when there is one."""
        ...

    def end(self, read: Lot, fact: WalletFact, *, at: datetime) -> bool:
        """Write that the rest of a lot is lost; False when it moved meanwhile."""
        ...

    def expiring(self, entity: str, until: date) -> Sequence[Lot]:
        """Find lots that something is left of and that expire on a day or before."""
        ...

    def reserved(self, customer_id: str, entity: str) -> bool:
        """Tell whether a run has planned with the customer's credit."""
        ...
