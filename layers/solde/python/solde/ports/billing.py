"""What the bill run needs of storage: billing states, what is billable, reservations, issue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from solde.domain.discounts import Gift, Grant
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.late import LateCharged
from solde.domain.ledger import NO_LOSS, Loss
from solde.domain.money import Money
from solde.domain.periods import invoice_day
from solde.domain.rating import Adjustment
from solde.domain.settlement import Lot, Use
from solde.domain.subscriptions import Subscription
from solde.domain.values import light


@light
@dataclass(frozen=True, slots=True)
class PackSlice:
    """Where bytes lie: an object and a range of it."""

    key: str
    offset: int
    length: int


class Tree(NamedTuple):
    """Where the derivation tree of a document lies beside its pack, and its digest."""

    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One form of a document as it was delivered: where its bytes lie, and their digest."""

    place: PackSlice
    sha256: str


@light
@dataclass(frozen=True, slots=True)
class Reservation:
    """
    What a run has planned for a customer, held in the billing state until it is issued.

    `digest` is that of the drafts' bytes, which lie at `drafts`; `rev` is the revision that they
    were computed from; `kinds` names the documents in order; `through`, `next_due_on`, `covered_to`
    are what the billing state takes over at issue.
    """

    run_id: str
    digest: str
    rev: int
    drafts: PackSlice
    kinds: tuple[str, ...]
    total_minor: int
    through: date
    next_due_on: date | None
    covered_to: date | None
    converted: Mapping[str, str] = field(default_factory=dict)
    """By currency: the rate of exchange at which the invoices say their tax."""


@light
@dataclass(frozen=True, slots=True)
class BillingState:
    """
    What has been billed of a customer by an entity (ARCHITECTURE of the bill run).

    `rev` changes with every change of what is to be billed, `ver` with every reservation;
    everything due up to `through` is billed; `dirty_from` is the earliest day whose inputs
    changed after they were billed; `covered_to` ends the latest billing period billed.
    """

    customer_id: str
    entity: str
    ver: int
    rev: int
    through: date | None = None
    dirty_from: date | None = None
    covered_to: date | None = None
    due_on: date | None = None
    reservation: Reservation | None = None
    invoice_day: int = 0
    credit: str = ""
    """The latest lot of credit that the customer has had, if any; else none is looked for."""

    def reserved_by(self, run_id: str) -> Reservation | None:
        held = self.reservation
        return held if held and held.run_id == run_id else None

    def changed(self, *, effective_on: date, due_on: date | None, today: date) -> "BillingState":
        """
        Return the state after a change of what is to be billed.

        A change that touches days already billed, or a period already billed, reopens them and
        is due today; any other is due when its first charge is. Both wait for an invoice day.
        """
        if self._billed(effective_on):
            return self.reopened(effective_on, today)
        days = [day for day in (self.due_on, self.aligned(due_on)) if day]
        return replace(self, rev=self.rev + 1, due_on=min(days, default=None))

    def reopened(self, effective_on: date, today: date) -> "BillingState":
        """Return the state after a change of what was billed from a day on: due today."""
        due_on = invoice_day(today, self.invoice_day)
        return replace(
            self,
            rev=self.rev + 1,
            dirty_from=min(self.dirty_from or effective_on, effective_on),
            due_on=min(self.due_on or due_on, due_on),
        )

    def aligned(self, due_on: date | None) -> date | None:
        return invoice_day(due_on, self.invoice_day) if due_on else None

    def _billed(self, day: date) -> bool:
        due = self.through is not None and day <= self.through
        return due or (self.covered_to is not None and day < self.covered_to)


@light
@dataclass(frozen=True, slots=True)
class Billable:
    """Everything that one customer's bill follows from, read before anything is decided."""

    state: BillingState
    customer: Customer
    subscriptions: tuple[Subscription, ...]
    grants: tuple[Grant, ...] = ()
    """The discounts of the customer himself."""
    adjustments: tuple[Adjustment, ...] = ()
    """What was charged or given back by hand, of whatever subscription of his or of none."""
    gifts: tuple[Gift, ...] = ()
    """What was granted to him, whatever is left of it."""


@light
@dataclass(frozen=True, slots=True)
class Header:
    """
    The stored head of an issued document; the document itself lies in a pack.

    `snapshot` is the revision of the billing state that the document was computed from; 0 for a
    one-off, which follows from none. `bases` are what it taxes, by category and rate; `back` what
    it takes back of other documents, by their ids: netted on an invoice, or as a credit note.
    """

    id: str
    number: str
    customer_id: str
    entity: str
    kind: str
    currency: str
    gross_minor: int
    net_minor: int
    issued_on: date
    due_on: date
    covered_to: date
    run_id: str
    draft_digest: str
    sha256: str
    place: PackSlice
    snapshot: int = 0
    status: str = "open"
    paid_minor: int = 0
    reminders: int = 0
    next_action_on: date | None = None
    documents: Mapping[str, Rendered] | None = None
    mailed_on: date | None = None
    paid_on: date | None = None
    """The day of what settled it, where money or credit did."""
    bases: Mapping[str, int] = field(default_factory=dict)
    back: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    charged: Mapping[str, int] | None = None
    """Its tax by category and rate, where that was rounded per line."""
    waiting: Mapping[str, int] = field(default_factory=dict)
    """Its tax by category and rate that waits for payment, however much of it is paid."""
    uses: tuple[Use, ...] = ()
    """Of a credit note: which invoices it has settled; what is over is credit of the customer."""

    gifts: Mapping[str, int] = field(default_factory=dict)
    """What it has taken of gifts, by their ids."""
    loss: Loss = NO_LOSS
    """What of an invoice is doubtful, or lost."""
    late: LateCharged | None = None
    late_to: date | None = None
    """What late charges charge, and of an invoice the last day that they have charged."""
    tree: Tree | None = None
    """Why it comes to what it does, where that was stored with it."""

    @property
    def due(self) -> Money:
        """What may still be settled."""
        return Money(self.due_minor, self.currency)

    @property
    def due_minor(self) -> int:
        """What may still be settled."""
        return self.gross_minor - self.paid_minor

    @property
    def open_minor(self) -> int:
        """What is expected to be settled."""
        return self.due_minor - self.loss.all


@light
@dataclass(frozen=True, slots=True)
class Issue:
    """
    One customer's documents of a run, to be materialised together with the billing state.

    `closed` are the documents of the headers, in their order: their entries are booked with them.
    """

    customer_id: str
    entity: str
    reservation: Reservation
    headers: tuple[Header, ...]
    closed: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """Customers whose documents now exist, and those that lack their reservation."""

    issued: tuple[str, ...]
    orphaned: tuple[str, ...] = ()


class BillingStore(Protocol):
    def due(self, entity: str, until: date) -> Sequence[str]:
        """Find the customers that may be due; candidates only, sorted."""
        ...

    def state(self, customer_id: str, entity: str) -> BillingState | None: ...

    def load(self, customer_id: str, entity: str, *, only: str = "") -> Billable:
        """
        Read billing state, profile and timeline in one query; `only` one subscription in two.

        Raises:
            CorruptItemError: something stored cannot be read.

        """
        ...

    def read(self, customer_id: str, entity: str, *, only: str = "") -> Callable[[], Billable]:
        """Read what `load` does at once; it becomes values when they are asked for."""
        ...

    def to_reserve(self, state: BillingState, reservation: Reservation) -> Callable[[], bool]:
        """
        Return what holds the plan, if the billing state still is `state`; it says False if not.

        A reservation that `state` carries is replaced: the caller has seen that its run is over.
        """
        ...

    def release(self, customer_id: str, entity: str, run_id: str, *, keep: str = "") -> None:
        """Drop a run's reservation, unless it has the digest to keep or is not there."""
        ...

    def held(self, customers: Sequence[str], entity: str, run_id: str) -> Sequence[str]:
        """Find those of some customers whom a run holds."""
        ...

    def issue(self, issues: Sequence[Issue], *, run_id: str, at: datetime) -> IssueOutcome:
        """Materialise documents, billing states and announcement; safe to repeat."""
        ...

    def lots(self, customer_id: str, entity: str) -> Sequence[Lot]:
        """Read what a customer has as credit from an entity, used up lots too."""
        ...

    def headers(self, customer_id: str, *, issued_since: date) -> Sequence[Header]:
        """Read a customer's documents issued since a day, latest issue first."""
        ...

    def issued(self, customer_id: str, ids: Sequence[str]) -> Sequence[Header]:
        """Read documents that are there, in the order of their ids as given."""
        ...


class Entities(Protocol):
    def entity(self, code: str) -> Entity: ...

    def all(self) -> Sequence[Entity]: ...
