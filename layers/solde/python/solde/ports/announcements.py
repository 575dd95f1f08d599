"""The outbox and the bus: what a transaction announced is published, then forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Announcement:
    """`key` is where it lies in the outbox; empty for one that has no item of its own."""

    key: tuple[str, str]
    kind: str
    detail: Mapping[str, Any]
    at: datetime


class Outbox(Protocol):
    def waiting(self, since: datetime, until: datetime) -> Sequence[Announcement]:
        """Read the outbox items written in a stretch of time, hour by hour."""
        ...

    def forget(self, announcement: Announcement) -> None: ...


class Deliveries(Protocol):
    def unworked(self, until: datetime) -> Sequence[Announcement]:
        """Read what was received of providers up to an instant and is still open."""
        ...


class Bus(Protocol):
    def publish(self, announcements: Sequence[Announcement]) -> None:
        """
        Put all on the bus.

        Raises:
            StoreUnavailableError: some were not taken; publish them again.

        """
        ...
