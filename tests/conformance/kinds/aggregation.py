"""Events become the quantity of a period, and its price."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.billing_days import aligned_cycle
from solde.domain.catalog import Aggregation, Meter
from solde.domain.money import Rounding
from solde.domain.periods import Period, day_of
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.usage.day_state import day_state
from solde.domain.usage.event import EPOCH, MICROSECOND
from solde.domain.usage.metering import Misread, by_event_type, readings
from solde.domain.usage.partial import Cells, empty
from solde.domain.usage.quantity import quantity
from tests.conformance.asked import Asked
from tests.conformance.kinds.dates import day, unit
from tests.conformance.kinds.shared import model, rounding

Answer = dict[str, Any]
Said = tuple[datetime, dict[str, Any]]
FUNCTIONS = {
    "sum": (Aggregation.SUM, False),
    "count": (Aggregation.COUNT, False),
    "max": (Aggregation.MAX, False),
    "latest": (Aggregation.LATEST, False),
    "unique_count": (Aggregation.UNIQUE, False),
    "weighted_sum": (Aggregation.TIME_WEIGHTED, False),
    "prorated_sum": (Aggregation.SUM, True),
}
DECIMALS = 12


def aggregate(asked: Asked) -> Answer:
    asked.convention.accept(
        weighting="value in force times its share of the period in seconds",
        proration__unit="day",
        proration__denominator="period_days",
        rounding__stage=("total", "amount", "none"),
    )
    what, prorated = FUNCTIONS[asked["function"]]
    scale = asked.convention.choose("rounding.scale", {n: n for n in range(13)}, DECIMALS)
    meter = Meter(
        "m", "t", what, "value", decimals=scale, rounding=rounding(asked), prorated=prorated,
        signed=True,
    )  # fmt: skip
    said = asked["period"]
    period = Period(_day(said["from"]), _day(said["to"]))
    found = _measured(meter, _events(asked, meter, period), period)
    return {"value": found.total}


def _events(asked: Asked, meter: Meter, period: Period) -> list[Said]:
    """What stood before is an event of the day before; a weighted sum tells what it comes to."""
    found = [(_at(one["at"]), one["value"]) for one in asked["events"]]
    if asked.get("initial_value") is not None:
        before = datetime.combine(period.start_on - timedelta(days=1), datetime.min.time(), UTC)
        found.insert(0, (before, asked["initial_value"]))
    if meter.aggregation is not Aggregation.TIME_WEIGHTED:
        return [(at, {"value": value}) for at, value in found]
    level, levels = Decimal(0), []
    for at, value in found:
        level += Decimal(value)
        levels.append((at, {"value": str(level)}))
    return levels


def _at(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _day(text: str) -> date:
    return _at(text).date()


def _measured(meter: Meter, events: Iterable[Said], period: Period) -> Quantity:
    """Read events by the meter, day by day, as rating does; days are those of UTC."""
    meters = by_event_type([meter])
    days: dict[date, Cells] = {}
    for number, (at, data) in enumerate(events):
        read = readings(meters, "t", data)
        if isinstance(read, Misread):
            if read.code == "not_metered":
                continue
            raise ValueError(read.flaw)
        for _, values, value in read:
            cells = days.setdefault(day_of(at, "UTC"), {})
            partial = cells.setdefault(values, empty(meter.aggregation))
            partial.add(value, (at - EPOCH) // MICROSECOND, f"{number:06}")  # type: ignore[arg-type]
    states = {on: day_state(1, cells) for on, cells in days.items()}
    return quantity(meter, states, period, zone_name="UTC")[0]


def priced(asked: Asked) -> Answer:
    asked.convention.accept(filter=(None, "include", "exclude"))
    what, prorated = FUNCTIONS[asked["function"]]
    name = asked.get("property") or "value"
    said = asked.get("filter")
    wanted = ((said["property"], said["value"]),) if said else ()
    include = bool(said) and said["type"] == "include"
    meter = Meter(
        "m",
        "t",
        what,
        name,
        filters=wanted if include else (),
        excludes=() if include else wanted,
        decimals=DECIMALS,
        prorated=prorated,
    )
    found = _measured(meter, _rows(asked["in_period_events"]), MONTH)
    return {"value": found.total, "amount": exact_amount(model(asked), found)}


MONTH = Period(date(2027, 1, 1), date(2027, 2, 1))


def _rows(rows: Iterable[dict[str, Any]]) -> Iterable[Said]:
    at = datetime(2027, 1, 2, tzinfo=UTC)
    for row in rows:
        for _ in range(int(row.get("count") or 1)):
            at += timedelta(seconds=1)
            told = {name: _text(one) for name, one in (row.get("properties") or {}).items()}
            yield at, {"value": str(row["value"]), **told}


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def windows(asked: Asked) -> Answer:
    asked.convention.accept(
        period_end="exclusive",
        window="events before the first window or on its end date are left out",
    )
    start, end = day(asked["window_from"]), day(asked["window_to"])
    cycle = aligned_cycle(start, int(asked["anchor_day"]), *unit(asked))
    meter = Meter("m", "t", Aggregation.SUM, "value", rounding=Rounding.HALF_AWAY)
    events = [(_at(on), {"value": units}) for on, units in asked["events"]]
    found = [_measured(meter, events, one).total for one in cycle.periods(Period(start, end))]
    return {"units_per_window": [Fraction(one) for one in found]}


KINDS = {
    "aggregate": aggregate,
    "aggregate_and_price": priced,
    "usage_windows": windows,
}
