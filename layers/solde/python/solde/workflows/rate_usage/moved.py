"""Partials that events move, there and back: what is counted, and what is counted no more."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from solde.domain.catalog import Meter
from solde.domain.usage.event import Event
from solde.domain.usage.metering import MetersByType, Misread, Reading, by_event_type, readings
from solde.domain.usage.partial import Cells, begun
from solde.ports.usage import Payer


class Moved:
    """By payer, day and meter, as a tally holds it."""

    def __init__(self, meters: Iterable[Meter]) -> None:
        self.used: dict[Payer, dict[tuple[date, str], Cells]] = {}
        self.metered: Counter[str] = Counter()
        self._all = tuple(meters)
        self._known: dict[frozenset[str], MetersByType] = {}

    def count(self, event: Event, payer: Payer, day: date) -> tuple[str, ...]:
        """Count an event by all meters that take it, and return their codes."""
        found = self._readings(event, {one.code for one in self._all})
        for reading in found:
            meter, values, value = reading
            self._cells(payer, day, reading)[values].add(value, event.at_us, event.identity)  # type: ignore[arg-type]
            self.metered[meter.code] += 1
        return tuple(meter.code for meter, _, _ in found)

    def take_back(self, event: Event, payer: Payer, day: date, codes: Collection[str]) -> None:
        """Take an event back from those meters that had counted it."""
        for reading in self._readings(event, codes):
            meter, values, value = reading
            self._cells(payer, day, reading)[values].remove(value, event.at_us, event.identity)  # type: ignore[arg-type]
            self.metered[meter.code] -= 1

    def _readings(self, event: Event, codes: Collection[str]) -> list[Reading]:
        known = frozenset(codes)
        if known not in self._known:
            self._known[known] = by_event_type(one for one in self._all if one.code in known)
        found = readings(self._known[known], event.type, event.data)
        return [] if isinstance(found, Misread) else found

    def _cells(self, payer: Payer, day: date, reading: Reading) -> Cells:
        meter, values, _ = reading
        cells = self.used.setdefault(payer, {}).setdefault((day, meter.code), {})
        cells.setdefault(values, begun(meter))
        return cells
