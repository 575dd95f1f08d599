"""What became of an event: each accepted one is found in exactly one state."""

from datetime import date

import pytest

from solde.workflows.read_usage.find_event import (
    RatedEvent,
    RejectedEvent,
    WaitingEvent,
    find_event,
)
from tests.support.reading import reading
from tests.support.usage_world import UsageWorld, flight

SOURCE = "urn:test"


def test_an_event_waits_and_then_is_rated_on_the_day_of_its_subscription() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-02-01T04:30:00"))  # 23:30 of 31 January in New York
    waiting = find_event(f"{SOURCE}/f-1", reading(world))
    assert isinstance(waiting, WaitingEvent)
    assert waiting.event.data["seats"] == 150
    world.rate()
    rated = find_event(f"{SOURCE}/f-1", reading(world))
    assert isinstance(rated, RatedEvent)
    assert (rated.day, rated.number) == (date(2013, 1, 31), 1)
    assert rated.event is not None
    assert rated.event.data["tail"] == "N1"


def test_an_event_whose_raw_object_is_gone_is_still_known_to_be_rated() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00"))
    world.rate()
    for key in [key for key in world.objects.bodies if key.startswith("raw/")]:
        del world.objects.bodies[key]
    found = find_event(f"{SOURCE}/f-1", reading(world))
    assert found == RatedEvent(None, date(2013, 1, 15), 1)


def test_an_unknown_subject_parks_an_event_until_it_is_known() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00", subject="UA-LGA"))
    world.rate()
    parked = find_event(f"{SOURCE}/f-1", reading(world))
    assert isinstance(parked, RejectedEvent)
    assert (parked.open, parked.reject.code) == (True, "unknown_subject")
    world.subscribe("cus_ua", "UA-LGA")
    world.rate("2013-02-02T06:00:00")
    rated = find_event(f"{SOURCE}/f-1", reading(world, "2013-02-02T12:00:00"))
    assert isinstance(rated, RatedEvent)
    assert rated.event is not None
    assert (rated.number, rated.event.subject) == (2, "UA-LGA")


def test_source_and_id_may_hold_slashes() -> None:
    world = UsageWorld()
    event = flight(1, "2013-01-15T12:00:00") | {"source": "https://x.test/a", "id": "b/c"}
    world.send(event)
    world.rate()
    assert isinstance(find_event("https://x.test/a/b/c", reading(world)), RatedEvent)


@pytest.mark.parametrize("path", ["", "/", "urn:test", "urn:test/f-2", "/" * 50, "f-1/urn:test"])
def test_what_was_never_accepted_is_not_found(path: str) -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00"))
    assert find_event(path, reading(world)) is None
    world.rate()
    assert find_event(path, reading(world)) is None
