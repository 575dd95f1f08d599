"""Rated events found again, few or many, in one bucket or four, with who paid for them then."""

import pytest

from solde.domain.usage.identity import identity
from solde.storage.payers import PayerTable
from solde.workflows.rate_usage.originals import FEW, Originals, places_of, read_originals
from solde.workflows.rate_usage.state import Execution, read_state
from tests.support.usage_world import UsageWorld, flight

MANY = FEW * 2


@pytest.fixture(params=[1, 4], ids=["one-bucket", "four-buckets"])
def world(request: pytest.FixtureRequest) -> UsageWorld:
    world = UsageWorld()
    world.buckets = request.param
    world.send(*(flight(n, "2013-01-05T12:00:00", seats=n) for n in range(MANY)))
    world.send(flight("x", "2013-01-05T12:00:00", subject="AA-JFK"))
    world.rate()
    world.subscribe("cus_dl", "AA-JFK")
    world.send(flight("late", "2013-01-06T12:00:00"), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    return world


def executions(world: UsageWorld) -> tuple[Execution, ...]:
    return tuple(reversed(read_state(2, world.objects).executions))


def name(number: int | str) -> str:
    return identity("urn:test", f"f-{number}")


def originals(world: UsageWorld) -> Originals:
    return Originals(executions(world), PayerTable(world.table), world.objects)


@pytest.mark.parametrize("numbers", [[3, "late"], [*range(MANY), "late"]], ids=["few", "many"])
def test_events_of_several_executions_are_found_in_one_go(world, numbers) -> None:
    names = [name(number) for number in numbers]
    places = places_of([*names, name("nobody")], executions(world), world.objects)
    assert places.keys() == set(names)
    found = read_originals(list(places.values()), world.objects)
    assert {event.id for event in found.values()} == {f"f-{number}" for number in numbers}


def test_an_original_tells_its_payer_day_and_meters(world) -> None:
    (one,) = originals(world).find([name("late")]).values()
    assert (one.payer.subscription_id, f"{one.day}") == ("sub_UA-EWR", "2013-01-06")
    assert {"departures", "seats"} <= set(one.meters)


def test_an_event_that_waited_for_its_subject_is_read_from_the_rejects(world) -> None:
    (one,) = originals(world).find([name("x")]).values()
    assert (one.event.subject, one.payer.subscription_id) == ("AA-JFK", "sub_AA-JFK")


def test_what_is_no_longer_kept_is_not_found(world) -> None:
    for key in [key for key in world.objects.bodies if key.startswith("raw/")]:
        del world.objects.bodies[key]
    assert originals(world).find([name(3)]) == {}
