"""What has come in since the last rating, told by the very tally that will rate it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from solde.domain.usage.event import Event
from solde.domain.usage.metering import by_event_type
from solde.domain.usage.partial import Cells
from solde.ports.usage import Payer
from solde.workflows.rate_usage.known import Sought, known_digests
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.tally import Tally
from solde.workflows.raw_events import read_events, read_line, written
from solde.workflows.read_usage.context import ReadingContext

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
    tally.take(events, payers, 0)
    return Live(_by_subscription(tally), complete=read.inputs == waiting.inputs)


def _events(
    manifest: Manifest, payers: Mapping[str, Payer], context: ReadingContext
) -> Iterator[Event]:
    names = [f'"{subject}"'.encode() for subject in payers]
    for key in manifest.inputs:
        for line in read_events(key, context.objects):
            if any(name in line for name in names):
                event = read_line(line)
                if event.subject in payers:
                    yield event


def _by_subscription(tally: Tally) -> dict[tuple[str, str], dict[date, Cells]]:
    found: dict[tuple[str, str], dict[date, Cells]] = {}
    for payer, used in tally.used().items():
        for (day, meter), cells in used.items():
            found.setdefault((payer.subscription_id, meter), {})[day] = cells
    return found
