"""The books: entries as they lie in their facts, what a month releases, and closed months."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from solde.domain.ledger import Balance, Deferral, Entry
from solde.domain.periods import month_after


class CloseStatus(Enum):
    ASKED = "asked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Close:
    """
    A month of an entity's books, named by its first day.

    Once closed: how many entries the month has, the last link of the chain over them, and the
    trial balance in order of currency and account.
    """

    entity: str
    month: date
    status: CloseStatus
    asked_at: datetime
    asked_by: str
    entries: int = 0
    chain: str = ""
    balances: tuple[Balance, ...] = ()
    not_accrued: tuple[str, ...] | None = None
    """Customers whose usage has no amount yet; None until the usage of the month is accrued."""

    @property
    def until(self) -> date:
        """The first day after it."""
        return month_after(self.month, 1)

    @property
    def name(self) -> str:
        return month_name(self.month)


def month_name(month: date) -> str:
    """Return `yyyy-mm`."""
    return month.isoformat()[:7]


@dataclass(frozen=True, slots=True)
class Fact:
    """
    What is booked of one stored fact, on the day `on`.

    `name` is unique among all facts; `deferrals` are what a document's lines wait for.
    """

    name: str
    entity: str
    on: date
    currency: str
    movements: Mapping[str, int]
    customer_id: str = ""
    invoice_id: str = ""
    deferrals: tuple[Deferral, ...] = ()


@dataclass(frozen=True, slots=True)
class User:
    """A customer whom the entity bills and of whom usage is stored, of whatever day."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class EntryByHand:
    """An entry that a person made, with the reason; it lies in no other fact."""

    id: str
    entity: str
    on: date
    text: str
    by: str
    entry: Entry


class Books(Protocol):
    def ask(self, close: Close) -> Close:
        """Store and announce that a month is to be closed; return what is stored of it."""
        ...

    def closes(self, entity: str) -> Sequence[Close]:
        """Return the months of an entity that are closed, or asked to be, in order."""
        ...

    def read(self, entity: str) -> Iterator[Fact | User]:
        """
        Read everything that is booked for an entity, once, in no order, and who used something.

        What a close books itself is left out: releases, and accruals, but not their reversals.
        """
        ...

    def accrue(self, close: Close, customer_id: str, found: Sequence[Entry]) -> None:
        """
        Store what a customer used and is not billed for, and that it is taken back next month.

        A repeat changes nothing.

        Raises:
            StoreUnavailableError: the accruals of the month are complete; read the close again.

        """
        ...

    def complete(self, close: Close) -> Close:
        """Store that all usage of the month is accrued; return what is stored of the close."""
        ...

    def accrued(self, close: Close) -> Sequence[Fact]:
        """Return the accruals of a month as facts of its last day."""
        ...

    def releases(self, close: Close, found: Sequence[tuple[Fact, Entry]]) -> Sequence[Fact]:
        """Store what a month releases of documents, and return it as facts; a repeat is none."""
        ...

    def finish(self, close: Close) -> None:
        """Store that a month is closed, and how; a repeat changes nothing."""
        ...

    def enter(self, one: EntryByHand) -> EntryByHand:
        """
        Store an entry by hand and return what is stored under its id.

        Raises:
            StateConflictError: its month is closed, or asked to be.

        """
        ...

    def entered(self, entity: str) -> Sequence[EntryByHand]:
        """Return the entries by hand of an entity, by id."""
        ...
