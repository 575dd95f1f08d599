"""What waits is read up to a bound, and it is said when more waits than was read."""

import pytest

from solde.workflows.read_usage import live
from solde.workflows.read_usage.live import live_usage
from tests.support.reading import PAYERS, reading
from tests.support.usage_world import UsageWorld, flight


def world_of_three_objects() -> UsageWorld:
    world = UsageWorld()
    for number in range(3):
        world.send(flight(number, f"2013-01-1{number}T12:00:00"), now=f"2013-02-01T0{number}:00:00")
    return world


def test_all_that_waits_is_told() -> None:
    found = live_usage(PAYERS, reading(world_of_three_objects()))
    assert found.complete
    days = found.used["sub_UA-EWR", "departures"]
    assert sorted(f"{day}" for day in days) == ["2013-01-10", "2013-01-11", "2013-01-12"]


def test_beyond_the_bound_it_is_incomplete_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "OBJECTS", 2)
    found = live_usage(PAYERS, reading(world_of_three_objects()))
    assert not found.complete
    assert len(found.used["sub_UA-EWR", "departures"]) == 2


def test_nothing_waits_for_nobody() -> None:
    found = live_usage({}, reading(world_of_three_objects()))
    assert (found.complete, found.used) == (True, {})
