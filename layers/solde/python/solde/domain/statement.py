"""A statement: what a customer owed, what came and went, what is open and how late (R25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.ledger import DOUBTFUL, RECEIVABLE, UNAPPLIED

OF_CUSTOMERS = (RECEIVABLE, DOUBTFUL, UNAPPLIED)
DOCUMENTS = ("invoice", "deposit", "credit_note", "late_charge", "late_credit")
"""Kinds that bill or give back; all others settle, or undo what settled."""
BUCKETS = (("not_due", 0), ("days_1_30", 30), ("days_31_60", 60), ("days_61_90", 90))
"""Each with the most days past the due date; what is later is `over_90`."""
OLDEST = "over_90"
ROWS_MAX = 2000
"""Rows of a statement on paper: about fifty pages, while somebody waits."""


@dataclass(frozen=True, slots=True)
class Moved:
    """
    What a fact moved on a day: minor units on the accounts of its customer.

    `kind` is invoice, credit_note, payment or refund and such; `name` its number or else its id.
    """

    on: date
    kind: str
    id: str
    name: str
    movements: Mapping[str, int]

    @property
    def minor(self) -> int:
        """What the customer owes more, or less: receivable, doubtful or not, less his credit."""
        return sum(self.movements.get(account, 0) for account in OF_CUSTOMERS)


@dataclass(frozen=True, slots=True)
class Open:
    """What is to be paid of an invoice, and when it is due."""

    due_on: date
    minor: int


@dataclass(frozen=True, slots=True)
class Row:
    """A fact with the balance after it."""

    moved: Moved
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Minor units of one currency: opening + documents - settlements = closing."""

    opening: int
    rows: tuple[Row, ...]
    closing: int

    @property
    def documents(self) -> int:
        """What was billed, less what was given back."""
        return sum(one.moved.minor for one in self.rows if one.moved.kind in DOCUMENTS)

    @property
    def settlements(self) -> int:
        """What was paid and otherwise settled, less what went back."""
        return self.opening + self.documents - self.closing


def statement(moved: Iterable[Moved], first_on: date, last_on: date) -> Statement:
    """
    Return what happened from one day to another, both included.

    Raises:
        InvalidError: the days are the wrong way round.

    """
    if last_on < first_on:
        raise InvalidError(f"to: expected {first_on} or later, found {last_on}", pointer="/to")
    # What is owed on a day stands before what settles it.
    facts = sorted(moved, key=lambda one: (one.on, one.minor < 0, one.id))
    opening = sum(one.minor for one in facts if one.on < first_on)
    balance, rows = opening, []
    for one in facts:
        if first_on <= one.on <= last_on and one.minor:
            balance += one.minor
            rows.append(Row(one, balance))
    return Statement(opening, tuple(rows), balance)


def ageing(open_: Iterable[Open], today: date) -> dict[str, int]:
    """Return what is open by how many days its due date is past: 1-30, 31-60, 61-90, more."""
    sums = dict.fromkeys((*(name for name, _ in BUCKETS), OLDEST), 0)
    for one in open_:
        late = (today - one.due_on).days
        sums[next((name for name, most in BUCKETS if late <= most), OLDEST)] += one.minor
    return sums
