"""What ingest and rating need: who pays for a subject, the meters, day states, how far it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from solde.domain.catalog import Meter
from solde.domain.periods import Period
from solde.domain.usage.day_state import DayState


class Payer(NamedTuple):
    """Whose usage it is: the subscription that bills it, and the zone that its days are of."""

    customer_id: str
    subscription_id: str
    entity: str
    zone: str


class Unpaid(NamedTuple):
    """Why nobody pays for a subject now: `unknown_subject` or `ambiguous_subject`."""

    code: str
    expected: str


class Subjects(Protocol):
    def payers(self, subjects: Collection[str]) -> Mapping[str, Payer | Unpaid]:
        """
        Find who pays, for each subject.

        A subject is a subscription by its id or external id, or a customer, who must then have
        one subscription only.
        """
        ...


class Meters(Protocol):
    def meters(self) -> Sequence[Meter]:
        """Return every meter of the catalog."""
        ...


class Queue(Protocol):
    def send(self, body: str) -> None:
        """Store a message durably: it is delivered at least once."""
        ...


@dataclass(frozen=True, slots=True)
class MeteredMonth:
    """Days of one month, all that a rating has touched of one subscription and meter."""

    subscription_id: str
    meter: str
    zone: str
    month: str
    days: Mapping[date, DayState]


@dataclass(frozen=True, slots=True)
class CustomerUsage:
    """What a rating has found for a customer of an entity, in one month."""

    customer_id: str
    entity: str
    today: date
    months: tuple[MeteredMonth, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """What a subscription has used by a meter, day by day."""

    subscription_id: str
    meter: str
    zone: str
    days: Mapping[date, DayState]


class UsageReader(Protocol):
    def used(self, customer_id: str, within: Period) -> Sequence[Used]:
        """Read what a customer used in some days, in one query."""
        ...


class UsageStore(Protocol):
    def write(self, usages: Sequence[CustomerUsage], *, generation: int) -> None:
        """
        Set day states that are of an older generation, and mark the customers' billing states.

        Each customer's days and mark are one transaction. Writing again changes nothing.

        Raises:
            StoreUnavailableError: a customer's billing state kept moving; repeat it.

        """
        ...


class RatingBook(Protocol):
    def generation(self) -> int:
        """Return the number of the latest complete execution; 0 before the first."""
        ...

    def completed(self, generation: int) -> None:
        """Note that an execution is complete; an older one changes nothing."""
        ...

    def rated(self, entity: str, to_on: date, *, at: datetime) -> None:
        """Note the first day of an entity that is not completely rated; it only moves forward."""
        ...
