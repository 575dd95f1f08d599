"""Paper: what waits to be printed, and the files of a day that hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from solde.domain.invoicing.parties import Customer
from solde.ports.billing import Header
from solde.ports.sendings import Sending

MAKING = "making"
READY = "ready"

Waiting = tuple[str, str, str]
"""Customer, invoice, sending."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that goes out on paper, and to whom."""

    sending_id: str
    header: Header
    customer: Customer


@dataclass(frozen=True, slots=True)
class PrintFile:
    """An object with the bytes of a part: `pdf`, or `csv` with the address of each document."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PrintPart:
    """One file of a day, from number 1 on, with the list of its addresses."""

    number: int
    documents: int
    pages: int
    files: Mapping[str, PrintFile]


@dataclass(frozen=True, slots=True)
class PrintDay:
    """What an entity prints on a day; ready once each of its `parts` is `made`."""

    entity: str
    day: date
    documents: int
    parts: int
    state: str
    at: datetime
    made: Sequence[PrintPart] = ()


class PrintStore(Protocol):
    def waiting(self, entity: str) -> Sequence[Waiting]:
        """Read all that waits to be printed, in the order of customers."""
        ...

    def papers(self, wanted: Sequence[Waiting]) -> Sequence[Paper]:
        """Read documents and customers, in the order as given."""
        ...

    def open(self, day: PrintDay) -> PrintDay:
        """Keep that a day is printed; return what is known of it."""
        ...

    def ask(self, day: PrintDay, part: int, at: datetime) -> None:
        """Let a part be made, now or once more."""
        ...

    def ended(self, sendings: Sequence[Sending]) -> None:
        """Keep that sendings lie in a file, and wait no more; those that did not are left."""
        ...

    def keep(self, day: PrintDay, part: PrintPart) -> None: ...

    def ready(self, day: PrintDay, at: datetime) -> bool:
        """Keep that all parts are made, and announce it; False when that is known."""
        ...

    def day(self, entity: str, day: date) -> PrintDay | None: ...

    def unfinished(self, entity: str) -> Sequence[PrintDay]:
        """Read the days that are not ready, with what is made of each."""
        ...

    def days(self, entity: str, *, before: str = "", limit: int) -> Sequence[PrintDay]:
        """Read days, the latest first, those before one that is named."""
        ...
