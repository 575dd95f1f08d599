"""Every aggregation with filters, excludes and dimensions, against a plain reading of events."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.domain.periods import Period
from solde.domain.usage.quantity import quantity
from tests.support.usage_world import UsageWorld, flight

JANUARY = Period(date(2013, 1, 1), date(2013, 2, 1))
ZONE = "America/New_York"
EVENTS = [
    # day of January, hour in UTC, what is told
    (5, 12, {"n": 4, "who": "a", "site": "x", "zone": "eu"}),
    (5, 13, {"n": "2.5", "who": "b", "site": "x", "zone": "us"}),
    (5, 14, {"n": 9, "who": "a", "site": "y", "zone": "eu"}),  # another site
    (6, 12, {"n": 3, "who": "b", "site": "x", "zone": "eu"}),
    (6, 13, {"n": 8, "who": "c", "site": "x", "zone": "eu", "test": "yes"}),  # excluded
    (7, 12, {"n": 1, "who": "a", "site": "x", "zone": 7}),
    (7, 13, {"n": 6, "who": "a", "site": "x"}),  # of no zone
]
WANTED = {"5 12", "5 13", "6 12", "7 12", "7 13"}


def hours_at(day: int, hour: int) -> Decimal:
    """Return the hours from an instant to the end of January, which is 1 February, 05:00 UTC."""
    return Decimal((31 - day) * 24 + (24 - hour) + 5)


def averaged(rows: Sequence[tuple[int, int, dict[str, Any]]]) -> Decimal:
    area = Decimal(0)
    for place, (day, hour, data) in enumerate(rows):
        until = hours_at(*rows[place + 1][:2]) if place + 1 < len(rows) else Decimal(0)
        area += Decimal(data["n"]) * (hours_at(day, hour) - until)
    return area / (31 * 24)


FOLDS: dict[Aggregation, Callable[[Sequence[Any]], Decimal]] = {
    Aggregation.SUM: lambda rows: sum((Decimal(data["n"]) for *_, data in rows), Decimal(0)),
    Aggregation.COUNT: lambda rows: Decimal(len(rows)),
    Aggregation.MAX: lambda rows: max(Decimal(data["n"]) for *_, data in rows),
    Aggregation.UNIQUE: lambda rows: Decimal(len({data["who"] for *_, data in rows})),
    Aggregation.LATEST: lambda rows: Decimal(rows[-1][2]["n"]),
    Aggregation.TIME_WEIGHTED: averaged,
}
VALUES = {Aggregation.UNIQUE: "who", Aggregation.COUNT: ""}


@pytest.mark.parametrize("dimensions", [(), ("zone",)], ids=["whole", "by-zone"])
@pytest.mark.parametrize("aggregation", Aggregation)
def test_filters_and_excludes_choose_and_dimensions_tell_apart(aggregation, dimensions) -> None:
    meter = Meter(
        "m",
        "used",
        aggregation,
        VALUES.get(aggregation, "n"),
        filters=(("site", "x"),),
        excludes=(("test", "yes"),),
        dimensions=dimensions,
    )
    world = UsageWorld(meters=[meter])
    for number, (day, hour, data) in enumerate(EVENTS):
        event = flight(number, f"2013-01-{day:02d}T{hour}:00:00", type="used")
        world.send(event | {"data": data})
    world.rate()
    found, count, _ = quantity(meter, world.days("cus_ua", "UA-EWR", "m"), JANUARY, zone_name=ZONE)
    rows = [one for one in EVENTS if f"{one[0]} {one[1]}" in WANTED]
    zones = sorted({str(data.get("zone", "")) for *_, data in rows})
    parts = {
        zone: FOLDS[aggregation]([row for row in rows if str(row[2].get("zone", "")) == zone])
        for zone in zones
    }
    whole = FOLDS[aggregation](rows)
    if dimensions and aggregation is Aggregation.TIME_WEIGHTED:
        whole = sum(parts.values(), Decimal(0))  # gauges of several zones stand beside each other
    assert count == len(WANTED)
    assert found.total == round(whole, 4)
    assert dict(found.cells) == (
        {(zone,): round(part, 4) for zone, part in parts.items()} if dimensions else {}
    )
