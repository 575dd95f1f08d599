"""What became of an event, found by its source and id: rated, rejected, waiting, or never seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from solde.domain.usage.event import Event
from solde.domain.usage.identity import identity
from solde.domain.usage.segments import Entry
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.manifest import read_manifest
from solde.workflows.rate_usage.rejects import Reject, rejects_in
from solde.workflows.rate_usage.state import Execution, State
from solde.workflows.raw_events import IDENTITY, PREFIX, read_events, read_line
from solde.workflows.read_usage.context import ReadingContext
from solde.workflows.read_usage.list_rejects import sections
from solde.workflows.read_usage.live import OBJECTS
from solde.workflows.read_usage.look_up import look_up


@dataclass(frozen=True, slots=True)
class RatedEvent:
    """It counts on `day`, since execution `number`; the event itself, while its object is kept."""

    event: Event | None
    day: date
    number: int


@dataclass(frozen=True, slots=True)
class RejectedEvent:
    """`open`: it is tried again by the next rating."""

    reject: Reject
    open: bool


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    event: Event


Found = RatedEvent | RejectedEvent | WaitingEvent


def find_event(path: str, context: ReadingContext) -> Found | None:
    """
    Find an event by `source/id`, both of which may hold slashes themselves.

    Every way to cut the path is tried; two events that one path could mean are next to never
    both there, and the one with the shorter source is told.
    """
    cuts = [at for at, char in enumerate(path) if char == "/"]
    wanted = [identity(path[:at], path[at + 1 :]) for at in cuts]
    state = context.state()
    return (
        _rated(wanted, state, context.objects)
        or _rejected(wanted, state, context)
        or _waiting(wanted, state, context)
    )


def _rated(wanted: Sequence[str], state: State, objects: ObjectStore) -> RatedEvent | None:
    for execution in reversed(state.executions):
        for one in wanted:
            entry = look_up(one, execution, objects)
            if entry:
                event = _event(entry, execution, state, objects)
                return RatedEvent(event, entry.day, execution.number)
    return None


def _event(entry: Entry, execution: Execution, state: State, objects: ObjectStore) -> Event | None:
    """Read a rated event from the raw object, or the rejects, that it was rated from."""
    manifest = read_manifest(execution.number, objects)
    if manifest is None:
        return None
    key = manifest.places[entry.place]
    if key.startswith(PREFIX):
        if objects.get(key) is None:
            return None  # the lifecycle of raw objects is over
        lines = read_events(key, objects)
        mine = (line for line in lines if line[IDENTITY] == entry.identity.encode())
        return next(map(read_line, mine), None)
    results = [result for one in state.executions for result in one.results if result.key == key]
    for result in results:
        body = objects.get_range(key, offset=result.open[0], length=result.open[1])
        found = (one.event for one in rejects_in(body) if one.event.identity == entry.identity)
        return next(found, None)
    return None


def _rejected(wanted: Sequence[str], state: State, context: ReadingContext) -> RejectedEvent | None:
    for section in sections(state, context.looked_at):
        offset, length = section.span
        for one in rejects_in(context.objects.get_range(section.key, offset=offset, length=length)):
            if one.event.identity in wanted:
                return RejectedEvent(one, section.open)
    return None


def _waiting(wanted: Sequence[str], state: State, context: ReadingContext) -> WaitingEvent | None:
    names = {one.encode() for one in wanted}
    for key in context.next_manifest(state).inputs[:OBJECTS]:
        for line in read_events(key, context.objects):
            if line[IDENTITY] in names:
                return WaitingEvent(read_line(line))
    return None
