"""Accept: check the form of events and store them in one durable write before anybody is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from solde.domain.usage.event import CANCELS, EPOCH, MICROSECOND, Draft, Flaw, read_event
from solde.domain.usage.metering import MetersByType, Misread, readings
from solde.ports.objects import ObjectStore
from solde.ports.usage import Queue
from solde.workflows.ingest_usage.decode import Batch
from solde.workflows.ingest_usage.parcel import parcel
from solde.workflows.raw_events import line, put_events

AHEAD = timedelta(minutes=5)
"""How far an event may be dated ahead of its receipt (R7)."""
OBJECT_FROM = 1_000
"""Events from which a request is an object of its own: never more than a PUT per thousand."""


@dataclass(frozen=True, slots=True)
class IngestContext:
    """
    What accepting works with.

    `received_at` is what raw objects are filed under; `now` is what times of events are held
    against, the later one where a test clock runs ahead.
    """

    objects: ObjectStore
    queue: Queue
    meters: MetersByType
    received_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that was not stored: its place in the request, its id if it has one, and why."""

    index: int
    id: str | None
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many events are stored; 0 means that nothing was."""

    accepted: int
    refused: tuple[Refusal, ...]


def accept_events(batch: Batch, *, atomic: bool, context: IngestContext) -> Receipt:
    """
    Store the well-formed events of a request; with `atomic` all of them or none.

    Whether an event is a duplicate, and who pays for it, is known after it was rated.
    """
    latest_us = (context.now + AHEAD - EPOCH) // MICROSECOND
    received_ms = (context.received_at - EPOCH) // timedelta(milliseconds=1)
    lines: list[bytes] = []
    refused: list[Refusal] = []
    for index, found in enumerate(batch.events):
        draft = read_event(found, latest_us=latest_us)
        if isinstance(draft, Draft) and not (flaws := tuple(_misread(draft, context.meters))):
            lines.append(line(draft, received_ms=received_ms))
        else:
            flaws = flaws if isinstance(draft, Draft) else draft
            refused.append(Refusal(index, _id_of(found), flaws))
    if not lines or (atomic and refused):
        return Receipt(0, tuple(refused))
    _store(lines, context)
    return Receipt(len(lines), tuple(refused))


def _misread(draft: Draft, meters: MetersByType) -> Iterator[Flaw]:
    """Yield what is wrong with the value of a meter that is known; the rest is rating's."""
    if draft.amends and draft.amends[0] == CANCELS:
        return
    found = readings(meters, draft.type, draft.data)
    if isinstance(found, Misread) and found.code == "bad_value":
        yield found.flaw


def _store(lines: list[bytes], context: IngestContext) -> None:
    body = parcel(lines) if len(lines) < OBJECT_FROM else None
    if body is None:
        put_events(lines, at=context.received_at, objects=context.objects)
    else:
        context.queue.send(body)


def _id_of(found: object) -> str | None:
    identity = found.get("id") if isinstance(found, dict) else None
    return identity[:255] if isinstance(identity, str) else None
