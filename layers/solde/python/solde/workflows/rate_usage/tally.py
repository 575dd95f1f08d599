"""Step 2, event by event: seen before, who pays, which meters, and into the cell of the day."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from solde.domain.periods import day_of, month_after
from solde.domain.usage.event import EPOCH, MICROSECOND, Event, Flaw, shown
from solde.domain.usage.metering import MetersByType, Misread, Reading, readings
from solde.domain.usage.partial import Cells, empty
from solde.domain.usage.segments import FIRST_DAY, REST, entry_of
from solde.ports.usage import Payer, Unpaid
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.rejects import Reject, RejectLog, reject, stays_open
from solde.workflows.rate_usage.state import HORIZON_MONTHS

MINUTE_US = 60_000_000
"""A minute of UTC lies in one civil day: zones have changed at whole minutes only since 1972."""

DaysUsed = dict[tuple[date, str], Cells]
"""By day and meter."""


@dataclass(slots=True)
class Index:
    """The identities rated by this execution, in the order they came."""

    seen: dict[int, int] = field(default_factory=dict)
    prefixes: "array[int]" = field(default_factory=lambda: array("Q"))
    rests: bytearray = field(default_factory=bytearray)
    twins: dict[str, str] = field(default_factory=dict)
    """Identities whose first eight bytes another one has: next to none."""

    def add(self, start: int, identity: str, digest: str, day: date, place: int) -> None:
        if start in self.seen:
            self.twins[identity] = digest
        else:
            self.seen[start] = len(self.prefixes)
        self.prefixes.append(start)
        tail = bytes.fromhex(identity[16:] + digest)
        self.rests += REST.pack(tail[:8], (day - FIRST_DAY).days, tail[8:], place)

    def digest_of(self, start: int, identity: str) -> str | None:
        number = self.seen[start]
        entry = entry_of(start, bytes(self.rests[number * REST.size : (number + 1) * REST.size]))
        return entry.digest if entry.identity == identity else self.twins.get(identity)


class Tally:
    """
    What the events of one bucket come to.

    An event that is refused holds its identity only within this execution: sent again with what
    was missing, it counts.
    """

    def __init__(self, manifest: Manifest, meters: MetersByType, known: dict[str, str]) -> None:
        self.index = Index()
        self.used: dict[Payer, DaysUsed] = {}
        self.open = RejectLog()
        self.final = RejectLog()
        self.counts: Counter[str] = Counter()
        self.metered: Counter[str] = Counter()
        self._manifest = manifest
        self._meters = meters
        self._known = known
        self._parked: dict[str, str] = {}
        self._horizon_on = month_after(manifest.as_of.date(), -HORIZON_MONTHS)
        self._days: dict[tuple[str, int], date] = {}

    def take(self, event: Event, payer: Payer | Unpaid, place: int, since: int = 0) -> None:
        """Count an event, or say why not; `since` is when a carried one was first refused."""
        identity = event[0]
        start = int(identity[:16], 16)
        if (
            start in self.index.seen or identity in self._known or identity in self._parked
        ) and self._repeated(event, start, since):
            return
        read = self._read(event, payer)
        if isinstance(read, Misread):
            self._refuse(read, event, since)
            return
        day, found, paid = read
        self._count(found, paid, day, event)
        self.index.add(start, identity, event[1], day, place)
        self.counts["rated"] += 1

    def _read(
        self, event: Event, payer: Payer | Unpaid
    ) -> tuple[date, list[Reading], Payer] | Misread:
        if isinstance(payer, Unpaid):
            return _unpaid(payer, event)
        found = readings(self._meters, event.type, event.data)
        if isinstance(found, Misread):
            return found
        day = self._day(event.at_us, payer.zone)
        return self._too_old(day) if day < self._horizon_on else (day, found, payer)

    def _count(self, found: list[Reading], payer: Payer, day: date, event: Event) -> None:
        used = self.used.get(payer)
        if used is None:
            used = self.used[payer] = {}
        for meter, values, value in found:
            cells = used.get((day, meter.code))
            if cells is None:
                cells = used[day, meter.code] = {}
            partial = cells.get(values)
            if partial is None:
                partial = cells[values] = empty(meter.aggregation)
            partial.add(value, event.at_us, event.identity)  # type: ignore[arg-type]
            self.metered[meter.code] += 1

    def _day(self, at_us: int, zone: str) -> date:
        minute = (zone, at_us // MINUTE_US)
        day = self._days.get(minute)
        if day is None:
            day = self._days[minute] = day_of(EPOCH + at_us * MICROSECOND, zone)
        return day

    def _repeated(self, event: Event, start: int, since: int) -> bool:
        """Say whether an event came before: again in the same words, or as a conflict."""
        identity, digest = event.identity, event.digest
        rated = self._known.get(identity)
        if rated is None and start in self.index.seen:
            rated = self.index.digest_of(start, identity)
        if rated is None:
            if self._parked.get(identity) != digest:
                return False
            rated = digest
        if rated == digest:
            self.counts["duplicates"] += 1
        else:
            wanted = f"an event that this source and id have not named yet; content {rated}"
            flaw = Flaw("/id", "conflict", wanted, f"content {digest}")
            self._refuse(Misread("conflict", flaw), event, since)
        return True

    def _refuse(self, why: Misread, event: Event, since: int) -> None:
        one: Reject = reject(why.code, why.flaw, since or self._manifest.number, event)
        if stays_open(one, self._manifest.began_at):
            self.open.add(one)
        else:
            self.final.add(one)
            self.counts[f"final.{why.code}"] += 1
        self._parked[event.identity] = event.digest

    def _too_old(self, day: date) -> Misread:
        wanted = f"a day from {self._horizon_on} on"
        return Misread("beyond_horizon", Flaw("/time", "beyond_horizon", wanted, f"{day}"))


def _unpaid(unpaid: Unpaid, event: Event) -> Misread:
    flaw = Flaw("/subject", unpaid.code, unpaid.expected, shown(event.subject))
    return Misread(unpaid.code, flaw)
