"""A story whose usage are events at instants, folded by the meters that rate."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from solde.domain.catalog import Aggregation
from solde.domain.periods import Period, starts_at
from solde.domain.pricing import Quantity
from solde.domain.subscriptions import Subscription
from solde.domain.usage.day_state import DayState, day_state
from solde.domain.usage.event import EPOCH, MICROSECOND
from solde.domain.usage.partial import begun
from solde.domain.usage.quantity import quantity
from tests.support.story import Story, day

ZONE = "Europe/Paris"
SECOND = 1_000_000


@dataclass
class Metered(Story):
    events: list[tuple[str, date, int, str]] = field(default_factory=list)
    """Meter, day, microseconds since 1970, and what is said."""
    states: dict[str, dict[date, DayState]] = field(default_factory=dict)

    def tells(self, meter: str, on: str, amount: str, second: int = 0) -> None:
        at_us = (starts_at(day(on), ZONE) - EPOCH) // MICROSECOND + second * SECOND
        self.events.append((meter, day(on), at_us, amount))
        self.states.pop(meter, None)
        self._changed(day(on))

    def _measured(
        self, _sub: Subscription, meter: str, period: Period, whole: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        if meter not in self.states:
            self.states[meter] = self._days(meter)
        days = self.states[meter]
        return quantity(self.meters[meter], days, period, zone_name=ZONE, whole=whole)

    def _days(self, code: str) -> dict[date, DayState]:
        """Merge the events of each day as rating does."""
        meter = self.meters[code]
        found: dict[date, list[tuple[int, str, str]]] = {}
        for number, (name, on, at_us, said) in enumerate(self.events):
            if name == code:
                found.setdefault(on, []).append((at_us, f"{number:06}", said))
        states = {}
        for on, events in found.items():
            partial = begun(meter)
            for at_us, tie, said in events:
                partial.add(_value(meter.aggregation, said), at_us, tie)  # type: ignore[arg-type]
            states[on] = day_state(1, {(): partial})
        return states


def _value(aggregation: Aggregation, said: str) -> Decimal | str | None:
    if aggregation is Aggregation.COUNT:
        return None
    return said if aggregation is Aggregation.UNIQUE else Decimal(said)
