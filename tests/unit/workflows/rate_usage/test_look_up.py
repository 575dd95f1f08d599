"""One identity in the index: what is there is found, and nothing else, however it is spread."""

import pytest

from solde.domain.usage.identity import identity
from solde.workflows.rate_usage.look_up import look_up
from tests.support.reading import reading
from tests.support.usage_world import UsageWorld, flight


@pytest.mark.parametrize("buckets", [1, 4])
def test_every_event_of_an_execution_is_found_by_its_identity(buckets: int) -> None:
    world = UsageWorld()
    world.buckets = buckets
    numbers = range(300)
    world.send(*(flight(n, f"2013-01-{1 + n % 28:02d}T12:00:00") for n in numbers))
    world.rate()
    (execution,) = reading(world).state().executions
    for number in numbers:
        wanted = identity("urn:test", f"f-{number}")
        entry = look_up(wanted, execution, world.objects)
        assert entry is not None
        assert (entry.identity, entry.day.day) == (wanted, 1 + number % 28)


def test_others_are_not_found() -> None:
    world = UsageWorld()
    world.send(*(flight(n, "2013-01-15T12:00:00") for n in range(300)))
    world.rate()
    (execution,) = reading(world).state().executions
    missing = [identity("urn:test", f"g-{n}") for n in range(300)]
    assert [one for one in missing if look_up(one, execution, world.objects)] == []


def test_an_execution_that_rated_nothing_knows_nothing() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-15T12:00:00", subject="nobody"))
    world.rate()
    (execution,) = reading(world).state().executions
    assert look_up(identity("urn:test", "f-1"), execution, world.objects) is None
