"""Usage of a period: as rated, and with what waits; the next rating gives what live has told."""

from datetime import date
from decimal import Decimal

from solde.domain.periods import Period
from solde.workflows.read_usage.usage_of import usage_of
from tests.support.reading import PAYERS, reading
from tests.support.usage_world import UsageWorld, flight

JANUARY = Period(date(2013, 1, 1), date(2013, 2, 1))


def told(world: UsageWorld, when: str = "2013-02-01T12:00:00") -> dict[str, tuple]:
    """Return per meter: rated total and events, live total and events."""
    found = usage_of("cus_ua", PAYERS, JANUARY, reading(world, when))
    assert found.complete
    return {
        row.meter.code: (row.rated.total, row.rated_events, row.live.total, row.live_events)
        for row in found.rows
    }


def test_what_waits_is_live_and_not_rated() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00"), flight(2, "2013-01-15T13:00:00", seats=100))
    assert told(world)["seats"] == (Decimal(0), 0, Decimal(250), 2)
    assert told(world)["largest"] == (Decimal(0), 0, Decimal(150), 2)
    world.rate()
    assert told(world)["seats"] == (Decimal(250), 2, Decimal(250), 2)


def test_what_waits_is_added_to_what_is_rated_and_a_duplicate_is_not() -> None:
    world = UsageWorld()
    first = flight(1, "2013-01-15T12:00:00")
    world.send(first)
    world.rate()
    world.send(first, flight(2, "2013-01-16T12:00:00", seats=50), now="2013-02-01T07:00:00")
    assert told(world)["seats"] == (Decimal(150), 1, Decimal(200), 2)
    assert told(world)["tails"][2] == Decimal(1)  # the same aircraft on both days


def test_live_is_what_the_next_rating_comes_to() -> None:
    world = UsageWorld()
    world.send(*(flight(n, f"2013-01-{n:02d}T12:00:00", seats=n) for n in range(1, 20)))
    before = {code: row[2:] for code, row in told(world).items()}
    world.rate()
    assert {code: row[:2] for code, row in told(world).items()} == before


def test_other_days_and_other_subscriptions_are_left_out() -> None:
    world = UsageWorld()
    world.send(
        flight(1, "2013-02-01T05:30:00"),  # 00:30 of 1 February in New York
        flight(2, "2013-01-15T12:00:00", subject="UA-JFK"),
        flight(3, "2013-01-15T12:00:00", subject="DL-LGA"),
        now="2013-02-01T06:00:00",
    )
    assert told(world) == {}
    world.rate("2013-02-02T06:00:00")
    assert told(world, "2013-02-02T12:00:00") == {}


def test_a_gauge_shows_nothing_of_what_waits() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T05:00:00", type="gate.held", planes=2))
    assert "parked" not in told(world)
    world.rate()
    assert told(world)["parked"][1:2] == (1,)


def test_live_takes_back_what_a_waiting_event_corrects_or_cancels() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00", seats=180, tail="N9"))
    world.send(flight(2, "2013-01-15T13:00:00", seats=10), flight(3, "2013-01-16T13:00:00"))
    world.rate()
    world.send(
        {**flight(4, "2013-01-15T12:00:00", seats=7), "corrects": "f-1"},  # of what is rated
        {**flight(5, "2013-01-16T12:00:00"), "cancels": "f-3"},
        {**flight(6, "2013-01-16T12:00:00"), "cancels": "f-9"},  # of what nobody knows
        flight(7, "2013-01-17T12:00:00"),
        {**flight(8, "2013-01-17T12:00:00", seats=1), "corrects": "f-7"},  # of what waits
        now="2013-02-01T07:00:00",
    )
    before = {code: row[2:] for code, row in told(world).items()}
    assert before["seats"] == (Decimal(7 + 10 + 1), 3)
    assert before["largest"] == (Decimal(10), 3)
    assert before["tails"] == (Decimal(1), 3)
    world.rate("2013-02-02T06:00:00")
    assert {code: row[:2] for code, row in told(world, "2013-02-02T12:00:00").items()} == before
