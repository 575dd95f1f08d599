"""What the chase of overdue invoices needs of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from solde.domain.dunning import (
    Case,
    Decision,
    Notice,
    Policy,
    is_questioned,
    promised_until,
)
from solde.domain.invoicing.parties import Customer
from solde.ports.billing import Header


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    Somebody who may have to be reminded; re-checked before anything is sent.

    `restricted`: it is his service that is looked at, whether it may be restored.
    """

    customer_id: str
    invoice_id: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a case: the version of the policy that it began with, and its last step."""

    policy: str = ""
    version: int = 0
    last_on: date | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Overdue:
    header: Header
    customer: Customer
    kept: Kept = Kept()
    notices: Sequence[Notice] = ()
    """What the customer has said of it."""

    def case(self, *, reachable: bool) -> Case:
        header, customer = self.header, self.customer
        return Case(
            due_on=header.due_on,
            open_minor=header.open_minor,
            done=header.reminders,
            last_on=self.kept.last_on,
            country=customer.address.country,
            held_until=customer.collection_held_until,
            promised_until=promised_until(self.notices),
            disputed=is_questioned(self.notices),
            reachable=reachable,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A level that is taken: by which version of which policy, and when the next look is."""

    policy: Policy
    decision: Decision
    on: date
    next_on: date | None

    @property
    def kept(self) -> Kept:
        level = self.decision.level
        return Kept(
            self.policy.id, self.policy.version, self.on, restricted=bool(level and level.restricts)
        )


@dataclass(frozen=True, slots=True)
class Task:
    """What a person has to see to: which level of whose invoice, and since when."""

    customer_id: str
    invoice_id: str
    number: int
    since: date
    channel: str
    policy: str


class DunningStore(Protocol):
    def due(self, entity: str, until: date) -> Sequence[Candidate]: ...

    def overdue(self, candidate: Candidate) -> Overdue | None:
        """Read invoice, customer and case consistently."""
        ...

    def late_before(self, customer_id: str, since: date) -> int:
        """Count the invoices since a day that the customer paid late."""
        ...

    def claim(self, overdue: Overdue, step: Step, task: Task | None, *, at: datetime) -> bool:
        """
        Take the next level: counted before anything is sent, so that it is sent at most once.

        With it go the task, and the word to others that the service is restricted. False when
        the invoice has moved since it was read (a payment, another chaser).
        """
        ...

    def postpone(self, header: Header, on: date | None) -> bool:
        """Look at an invoice again on a day, or never; False when it has moved."""
        ...

    def sent(self, header: Header, *, level: int, message_id: str) -> None:
        """Keep what became of a reminder."""
        ...

    def lift(self, candidate: Candidate, entity: str, *, today: date, at: datetime) -> bool:
        """Say that a service is restored once nothing restricts it; else look again tomorrow."""
        ...


class Policies(Protocol):
    def of(self, entity: str, day: date) -> Sequence[Policy]:
        """Return what cases of an entity take that begin on a day, a version of each policy."""
        ...

    def version(self, identity: str, number: int) -> Policy: ...


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
