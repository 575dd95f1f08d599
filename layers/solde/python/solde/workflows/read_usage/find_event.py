"""What became of an event, found by its source and id: rated, rejected, waiting, or never seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from solde.domain.usage.event import Event
from solde.domain.usage.identity import identity
from solde.domain.usage.lineage import Lineage
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.amends import related
from solde.workflows.rate_usage.originals import places_of, read_originals
from solde.workflows.rate_usage.rejects import Reject, rejects_in
from solde.workflows.rate_usage.state import State
from solde.workflows.raw_events import IDENTITY, read_events, read_line
from solde.workflows.read_usage.context import ReadingContext
from solde.workflows.read_usage.list_rejects import sections
from solde.workflows.read_usage.live import OBJECTS


@dataclass(frozen=True, slots=True)
class RatedEvent:
    """
    It was rated on `day` by execution `number`; the event itself, while its object is kept.

    `amended_by` is the event that corrects or cancels it: then it counts no more.
    """

    event: Event | None
    day: date
    number: int
    amended_by: Event | None = None


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
        _rated(wanted, state, context)
        or _rejected(wanted, state, context)
        or _waiting(wanted, state, context)
    )


def _rated(
    wanted: Sequence[str], state: State, context: ReadingContext
) -> RatedEvent | RejectedEvent | None:
    places = places_of(wanted, reversed(state.executions), context.objects)
    for one in filter(places.__contains__, wanted):
        place = places[one]
        event = read_originals([place], context.objects).get(one)
        if event and event.amends and (refused := _rejected([one], state, context)):
            return refused
        by = _amended_by(one, state, context.objects)
        return RatedEvent(event, place.entry.day, place.execution.number, by)
    return None


def _amended_by(one: str, state: State, objects: ObjectStore) -> Event | None:
    applied = related([one], state.executions, objects)
    link = Lineage(each.link for each in applied.values()).first(one)
    return applied[link.identity].event if link else None


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
