"""Sendings: each time that a document is brought to its customer, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.ways import Ways
from solde.ports.billing import Header
from solde.ports.documents import Link
from solde.ports.mail import Attachment

WAITING = "waiting"
SENDING = "sending"
SENT = "sent"
SUPPRESSED = "suppressed"
FAILED = "failed"
RESENT = "resent"
RENEWED = "renewed"
RETURNED = "returned"
BOUNCED = "bounced"
COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class Sending:
    """
    One way, once. `to` is masked; `contact` tells whether an address is the one it went to.

    `cause` says why: the document was issued, somebody asked again, a link had expired, or what
    went before has come back. `note`
    is what the provider called it, where a copy lies, or why nothing went out. `entity` is said of
    paper: whose file of the day it goes into.
    """

    id: str
    customer_id: str
    invoice_id: str
    way: str
    cause: str
    at: datetime
    state: str = WAITING
    to: str = ""
    contact: str = ""
    form: str = ""
    note: str = ""
    choice: int = 0
    tries: int = 0
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """No mail goes to an address any more; `reason` is bounced or complained."""

    reason: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a document is to reach and how; `stops` by address, `choice` the version of the ways."""

    customer: Customer
    ways: Ways
    choice: int
    stops: Mapping[str, Stop]

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(one for one in self.customer.addresses if one not in self.stops)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a mail is composed of beside its document."""

    to: str
    link: str
    job_id: str
    attachments: tuple[Attachment, ...] = ()
    too_large: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class Contacts(Protocol):
    def reach(self, customer_id: str) -> Reach:
        """Read how a customer is reached now; NotFoundError if there is none."""
        ...

    def stops(self, addresses: Collection[str]) -> Mapping[str, Stop]:
        """Find those of some addresses that get no mail."""
        ...

    def stop(self, address: str, stop: Stop) -> bool:
        """Let no mail go to an address; False when none went already."""
        ...

    def clear(self, address: str) -> None: ...

    def secrets(self, customer_id: str) -> Sequence[str]:
        """Return what calls to a customer's webhook are signed with, the newest first."""
        ...

    def roll(self, customer_id: str, secret: str) -> None:
        """Sign with a new secret, and with the one before it until the next."""
        ...


class Sendings(Protocol):
    def of(self, customer_id: str, invoice_id: str) -> Sequence[Sending]:
        """Read the sendings of a document, the first one first."""
        ...

    def find(self, customer_id: str, invoice_id: str, sending_id: str) -> Sending | None: ...

    def ask(self, sending: Sending) -> bool:
        """Keep that something is to be sent, and tell who sends it; False when that is known."""
        ...

    def claim(self, sending: Sending, token_digest: str = "", link: Link | None = None) -> str:
        """
        Take a sending for its only try, with the token that its link carries, if it has one.

        Return "claimed", or the state that it was found in.
        """
        ...

    def open(self, token_digest: str, link: Link) -> None:
        """Let a token open a document."""
        ...

    def returned(self, sending: Sending) -> None:
        """Keep that a mail that was sent has come back, or was complained about."""
        ...

    def end(self, sending: Sending, *, header: Header, others: Sequence[Sending] = ()) -> None:
        """Keep what became of a sending; of the first mail announce it, with what else is due."""
        ...
