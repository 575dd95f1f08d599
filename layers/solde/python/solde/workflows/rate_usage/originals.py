"""Rated events found again: where they are in the index, what they said, and who paid for them."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from solde.domain.usage.buckets import bucket_of
from solde.domain.usage.event import Event
from solde.domain.usage.segments import Entry, prefix
from solde.ports.objects import ObjectStore
from solde.ports.usage import Payer, Subjects, Unpaid
from solde.workflows.rate_usage.known import entries_with
from solde.workflows.rate_usage.look_up import look_up
from solde.workflows.rate_usage.manifest import read_manifest
from solde.workflows.rate_usage.rejects import rejects_in
from solde.workflows.rate_usage.result import read_outcome
from solde.workflows.rate_usage.state import Execution, Result
from solde.workflows.raw_events import GZIP, IDENTITY, PREFIX, read_events, read_line

FEW = 20
"""Identities of a bucket up to which each is looked up on its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rated event is: the execution that counted it, its result, and its entry there."""

    execution: Execution
    result: Result
    entry: Entry


def places_of(
    identities: Collection[str], executions: Iterable[Execution], objects: ObjectStore
) -> dict[str, Place]:
    """Find rated events, in the order of the executions given, until all are found."""
    found: dict[str, Place] = {}
    for execution in executions:
        left = [one for one in identities if one not in found]
        if not left:
            break
        for bucket, result in enumerate(execution.results):
            mine = {one for one in left if bucket_of(one, execution.buckets) == bucket}
            for entry in _entries(mine, execution, result, objects):
                found[entry.identity] = Place(execution, result, entry)
    return found


def read_originals(places: Sequence[Place], objects: ObjectStore) -> dict[str, Event]:
    """Read rated events, each object once; what is no longer kept is missing."""
    wanted: dict[str, set[str]] = {}
    for one in places:
        manifest = read_manifest(one.execution.number, objects)
        if manifest:
            wanted.setdefault(manifest.places[one.entry.place], set()).add(one.entry.identity)
    return {event.identity: event for key in wanted for event in _in(key, wanted[key], objects)}


@dataclass(frozen=True, slots=True)
class Original:
    """An event that amends none, as it was counted: for whom, on which day, by which meters."""

    event: Event
    payer: Payer
    day: date
    meters: Collection[str]


class Originals:
    """Rated events by their identity; `executions` are looked through in the order given."""

    def __init__(
        self, executions: Sequence[Execution], subjects: Subjects, objects: ObjectStore
    ) -> None:
        self._executions, self._objects = executions, objects
        self._paid_by = _PaidBy(subjects, objects)

    def find(self, identities: Collection[str]) -> dict[str, Original]:
        """Return those that are rated; an amendment that was given up is none."""
        places = places_of(identities, self._executions, self._objects)
        events = read_originals(list(places.values()), self._objects)
        found = {}
        for identity in sorted(events):
            event, place = events[identity], places[identity]
            payer = self._paid_by.of(event.subject, place.result)
            if payer and not event.amends:
                codes = read_outcome(place.result.key, self._objects).metered
                found[identity] = Original(event, payer, place.entry.day, codes.keys())
        return found


class _PaidBy:
    """Who paid for a subject in a result, which may be another than who would now."""

    def __init__(self, subjects: Subjects, objects: ObjectStore) -> None:
        self._subjects, self._objects = subjects, objects
        self._read: dict[str, Mapping[str, Sequence[str]]] = {}

    def of(self, subject: str, result: Result) -> Payer | None:
        if result.key not in self._read:
            self._read[result.key] = _named(result, self._objects)
        if subject in self._read[result.key]:
            return Payer(*self._read[result.key][subject])
        found = self._subjects.payers([subject])[subject]
        return None if isinstance(found, Unpaid) else found


def _named(result: Result, objects: ObjectStore) -> Mapping[str, Sequence[str]]:
    offset, length = result.subjects
    if not length:
        return {}
    body = objects.get_range(result.key, offset=offset, length=length)
    said: Mapping[str, Sequence[str]] = orjson.loads(zlib.decompress(body, GZIP))
    return said


def _entries(
    mine: set[str], execution: Execution, result: Result, objects: ObjectStore
) -> Iterator[Entry]:
    if len(mine) <= FEW:
        looked = (look_up(one, execution, objects) for one in sorted(mine))
        yield from (entry for entry in looked if entry)
    else:
        found = entries_with({prefix(one) for one in mine}, result, objects)
        yield from (entry for entry in found if entry.identity in mine)


def _in(key: str, wanted: set[str], objects: ObjectStore) -> Iterator[Event]:
    if not key.startswith(PREFIX):
        span = read_outcome(key, objects).result.open
        body = objects.get_range(key, offset=span[0], length=span[1])
        yield from (one.event for one in rejects_in(body) if one.event.identity in wanted)
    elif objects.get(key) is not None:  # else the lifecycle of raw objects is over
        names = {one.encode() for one in wanted}
        yield from (
            read_line(line) for line in read_events(key, objects) if line[IDENTITY] in names
        )
