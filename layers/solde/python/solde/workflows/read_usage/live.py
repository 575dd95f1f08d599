"""What has come in since the last rating, told by the very tally that will rate it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from solde.domain.catalog import Meter
from solde.domain.periods import day_of
from solde.domain.usage.day_state import merge_cells
from solde.domain.usage.event import CANCELS, CORRECTS, EPOCH, MICROSECOND, Event
from solde.domain.usage.metering import by_event_type
from solde.domain.usage.partial import Cells
from solde.ports.usage import Payer, Unpaid
from solde.workflows.rate_usage.amendment import Amendment, amendments_in, amendments_of
from solde.workflows.rate_usage.amends import Amends
from solde.workflows.rate_usage.known import Sought, known_digests
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.originals import Original, Originals
from solde.workflows.rate_usage.result import UsedBy
from solde.workflows.rate_usage.state import State
from solde.workflows.rate_usage.tally import Tally
from solde.workflows.raw_events import read_events, read_line, written
from solde.workflows.read_usage.context import ReadingContext

OTHERS = Unpaid("unknown_subject", "a subject of the customer")
OBJECTS = 50
"""Raw objects that one request reads at most."""


@dataclass(frozen=True, slots=True)
class Live:
    """By subscription, meter and day; `complete` is False where more waits than was read."""

    used: Mapping[tuple[str, str], Mapping[date, Cells]]
    complete: bool


def live_usage(payers: Mapping[str, Payer], context: ReadingContext) -> Live:
    """Tally the waiting events of some subjects, given with who pays for them."""
    state = context.state()
    waiting = context.next_manifest(state)
    read = replace(waiting, inputs=waiting.inputs[:OBJECTS])
    events = list(_events(read, payers, context))
    sought = Sought()
    sought.add([(0, [written(event) for event in events])], with_days=True)
    known = known_digests(sought, state.executions, 0, read, context.objects) if events else {}
    tally = Tally(read, by_event_type(context.meters.meters()), known)
    whose = _Whose(payers)
    tally.take([event.fields for event in events], whose.payers(_subjects(events)), 0)
    used = [tally.used()]
    pending = [*amendments_of(tally.amends), *_waiting(state, context)]
    if pending:
        rated = Originals(tuple(reversed(state.executions)), whose, context.objects)
        found = _LiveOrRated(events, payers, rated, context.meters.meters())
        meters = context.meters.meters()
        amends = Amends(context.now.date(), state.executions, found, meters, context.objects)
        used.append(amends.apply(pending).moved.used)
    mine = {payer.subscription_id for payer in payers.values()}
    return Live(_by_subscription(used, mine), complete=read.inputs == waiting.inputs)


class _Whose:
    """Subjects of one customer; whoever else is named is nobody here."""

    def __init__(self, payers: Mapping[str, Payer]) -> None:
        self._payers = payers

    def payers(self, subjects: Collection[str]) -> Mapping[str, Payer | Unpaid]:
        return {one: self._payers.get(one, OTHERS) for one in subjects}


class _LiveOrRated:
    """Finds what is amended among the events that wait, and else among those that are rated."""

    def __init__(
        self,
        events: Iterable[Event],
        payers: Mapping[str, Payer],
        rated: Originals,
        meters: Iterable[Meter],
    ) -> None:
        self._events = {one.identity: one for one in events if not one.amends}
        self._payers, self._rated = payers, rated
        self._codes = [one.code for one in meters]

    def find(self, identities: Collection[str]) -> Mapping[str, Original]:
        found = {
            name: self._original(self._events[name])
            for name in identities
            if name in self._events and self._events[name].subject in self._payers
        }
        return found | self._rated.find([name for name in identities if name not in found])

    def _original(self, event: Event) -> Original:
        payer = self._payers[event.subject]
        day = day_of(EPOCH + event.at_us * MICROSECOND, payer.zone)
        return Original(event, payer, day, self._codes)


def _subjects(events: Iterable[Event]) -> set[str]:
    return {event.subject for event in events}


def _waiting(state: State, context: ReadingContext) -> Iterator[Amendment]:
    amended = state.latest.amended if state.latest else None
    if amended and amended.open_count:
        yield from (one for one in amendments_in(amended, context.objects) if one.waits)


def _events(
    manifest: Manifest, payers: Mapping[str, Payer], context: ReadingContext
) -> Iterator[Event]:
    names = [f'"{subject}"'.encode() for subject in payers]
    names += [f'["{kind}","'.encode() for kind in (CORRECTS, CANCELS)]
    for key in manifest.inputs:
        for line in read_events(key, context.objects):
            if any(name in line for name in names):
                event = read_line(line)
                if event.subject in payers or event.amends:
                    yield event


def _by_subscription(
    tellings: Iterable[UsedBy], mine: Collection[str]
) -> dict[tuple[str, str], dict[date, Cells]]:
    found: dict[tuple[str, str], dict[date, Cells]] = {}
    rows = [row for used in tellings for row in used.items() if row[0].subscription_id in mine]
    for payer, used in rows:
        for (day, meter), cells in used.items():
            days = found.setdefault((payer.subscription_id, meter), {})
            merge_cells(days.setdefault(day, {}), cells)
    return found
