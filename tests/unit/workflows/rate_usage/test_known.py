"""Looking through the index: recent executions always, older ones where the days are the same."""

from dataclasses import replace
from datetime import timedelta

from solde.workflows.rate_usage.known import Sought, known_digests, needs_days
from solde.workflows.rate_usage.manifest import read_manifest
from solde.workflows.rate_usage.state import Execution, State, read_state
from solde.workflows.raw_events import read_events, read_line
from tests.support.usage_world import UsageWorld, flight


def rated(**kwargs: int) -> tuple[UsageWorld, list[bytes], Execution]:
    """A world with twenty events rated, their lines, and the execution that did it."""
    world = UsageWorld()
    world.buckets = kwargs.get("buckets")
    world.send(*(flight(n, "2013-01-05T12:00:00") for n in range(20)))
    (key,) = world.objects.bodies
    lines = read_events(key, world.objects)
    world.rate()
    return world, lines, state(world).executions[0]


def state(world: UsageWorld) -> State:
    return read_state(world.context.book.generation(), world.objects)


def look(world: UsageWorld, lines: list[bytes], execution: Execution, *, bucket=0, buckets=1):
    manifest = read_manifest(1, world.objects)
    assert manifest is not None
    manifest = replace(manifest, number=2, buckets=buckets)
    sought = Sought()
    sought.add([(0, lines)], with_days=needs_days([execution], manifest))
    return known_digests(sought, [execution], bucket, manifest, world.objects)


def test_what_was_rated_is_found_with_its_digest():
    world, lines, execution = rated()
    unseen = lines[0].replace(b'["', b'["ffffffffffffffffff', 1)
    found = look(world, [*lines[:3], unseen], execution)
    events = [read_line(line) for line in lines[:3]]
    assert found == {event.identity: event.digest for event in events}


def test_an_old_execution_is_looked_through_only_for_events_of_its_days():
    world, lines, execution = rated()
    old = replace(execution, began_at=execution.began_at - timedelta(days=36))
    assert len(look(world, lines, old)) == 20
    other_day = [line.replace(b"13573872", b"13593872") for line in lines]  # 23 days later
    assert look(world, other_day, old) == {}
    assert len(look(world, other_day, execution)) == 20


def test_buckets_of_another_number_overlap():
    world, lines, execution = rated(buckets=4)
    assert len(look(world, lines, execution)) == 20
    halves = [look(world, lines, execution, bucket=bucket, buckets=2) for bucket in range(2)]
    assert sum(map(len, halves)) == 20
    assert all(identity < "8" for identity in halves[0])
    assert all(identity >= "8" for identity in halves[1])
