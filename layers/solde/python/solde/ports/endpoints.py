"""Endpoints and what is sent to them: each message once stored, each object's in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from solde.domain.endpoints import Endpoint
from solde.ports.records import Record

WAITING = "waiting"
SENDING = "sending"
SENT = "sent"
FAILED = "failed"
OPEN = (WAITING, SENDING)


@dataclass(frozen=True, slots=True)
class Message:
    """
    One happening on its way to one endpoint; `body` is what is signed, the same at each attempt.

    `of` is the object that it is about, `place` where it stands among those of the object.
    `held_until` is the second of the wall clock until which somebody is sending it, `kept_until`
    the one from which it is forgotten; `next_at` is the business instant of the next attempt,
    None while the first has not failed.
    """

    id: str
    endpoint_id: str
    of: str
    kind: str
    place: str
    body: str
    at: datetime
    state: str = SENDING
    attempts: int = 0
    held_until: int = 0
    kept_until: int = 0
    next_at: datetime | None = None
    note: str = ""


class Endpoints(Protocol):
    def all(self) -> Sequence[tuple[Endpoint, Record]]: ...

    def find(self, endpoint_id: str) -> tuple[Endpoint, Record] | None: ...

    def put(self, endpoint: Endpoint, record: Record, secret: str) -> bool:
        """Store a new one with its first secret; False: it is there already."""
        ...

    def change(self, read: Endpoint, changed: Endpoint, at: datetime) -> bool:
        """Write what changed of one that is as it was read; False: somebody was faster."""
        ...

    def secrets(self, endpoint_id: str) -> Sequence[str]:
        """Return what calls are signed with, the newest first: two while they change."""
        ...

    def roll(self, endpoint_id: str, secret: str) -> None: ...


class Messages(Protocol):
    def put(self, message: Message) -> bool:
        """Store a message that its caller sends at once; False: it is there already."""
        ...

    def lane(self, endpoint_id: str, of: str) -> Sequence[Message]:
        """Return what is not sent yet to an endpoint about an object, in order; consistently."""
        ...

    def hold(self, message: Message, until: int) -> bool:
        """Take a message to send it; False: another has it, or it is sent."""
        ...

    def end(self, message: Message) -> bool:
        """Write what became of a message that is held; False: another has it now."""
        ...

    def due(self, endpoint_id: str, until: datetime | None) -> Sequence[Message]:
        """Return what is to be sent again until an instant, or ever, the longest due first."""
        ...

    def again(self, message: Message, at: datetime) -> bool:
        """Send a message anew, from the first attempt on; False: it is on its way."""
        ...

    def wake(self, endpoint_id: str, at: datetime) -> None:
        """Announce that something is due to an endpoint."""
        ...

    def find(self, endpoint_id: str, message_id: str) -> Message | None: ...
