"""Instants become days in a zone, once."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from solde.domain.billing_days import calendar_cycle, calendar_start
from solde.domain.periods import Cycle, day_of, instant_of, starts_at
from tests.conformance.asked import Asked
from tests.conformance.kinds.dates import ONE_DAY, day, instant, unit

Answer = dict[str, Any]


def _zone(asked: Asked) -> str:
    return str(asked["timezone"])


def probe(asked: Asked) -> Answer:
    asked.convention.accept(
        day_boundary="customer local midnight", week_start="monday", month_end="clamp_from_anchor"
    )
    start = day_of(instant(asked["subscription_start"]), _zone(asked))
    what, count = unit(asked)
    aligned = asked["alignment"] == "calendar"
    cycle = calendar_cycle(start, what, count) if aligned else Cycle(what, count, start)
    days = [day_of(instant(one), _zone(asked)) for one in asked["probes"]]
    return {"is_billing_day": [cycle.start(cycle.number_at(one)) == one for one in days]}


def day_count(asked: Asked) -> Answer:
    asked.convention.accept(day_boundary="local calendar dates, not 24-hour blocks")
    first, last = (day_of(instant(asked[name]), _zone(asked)) for name in ("from", "to"))
    return {"days": (last - first).days}


def buckets(asked: Asked) -> Answer:
    asked.convention.accept(day_boundary="customer local midnight across a DST change")
    periods = [tuple(map(day, one)) for one in asked["periods"]]
    bounds = [[starts_at(one, _zone(asked)) for one in pair] for pair in periods]
    sums = [Decimal(0)] * len(bounds)
    for local, units in asked["events_local"]:
        said = datetime.fromisoformat(local)
        at = instant_of(said.date(), said.time(), _zone(asked))
        for place, (start, end) in enumerate(bounds):
            sums[place] += Decimal(units) if start <= at < end else 0
    return {"units_per_period": sums}


def local_day(asked: Asked) -> Answer:
    asked.convention.accept(day_boundary="customer local midnight")
    return {"local_date": day_of(instant(asked["instant"]), _zone(asked))}


def bounds(asked: Asked) -> Answer:
    asked.convention.accept(day_boundary="customer local midnight")
    start = starts_at(day(asked["from_local"]), _zone(asked))
    end = starts_at(day(asked["to_local_inclusive"]) + ONE_DAY, _zone(asked))
    return {"from_utc": _z(start), "to_utc_last_second": _z(end - timedelta(seconds=1))}


def skipped(asked: Asked) -> Answer:
    asked.convention.accept(
        nonexistent_local_time="use the standard offset in force before the gap"
    )
    local = time.fromisoformat(asked["local_time"])
    return {"instant": _z(instant_of(day(asked["local_date"]), local, _zone(asked)))}


def calendar_next(asked: Asked) -> Answer:
    asked.convention.accept(
        day_boundary="calendar alignment computed in UTC regardless of customer zone",
        week_start="monday",
    )
    local = datetime.fromisoformat(asked["local_time"])
    at = instant_of(local.date(), local.time(), _zone(asked))
    here: date = day_of(at, asked["evaluate_in"])
    what, count = unit(asked)
    return {"next": Cycle(what, count, calendar_start(here, what)).start(1)}


def _z(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


KINDS = {
    "tz_billing_probe": probe,
    "tz_day_count": day_count,
    "tz_bucket_usage": buckets,
    "tz_local_date": local_day,
    "tz_period_bounds": bounds,
    "tz_nonexistent_time": skipped,
    "tz_calendar_next": calendar_next,
}
