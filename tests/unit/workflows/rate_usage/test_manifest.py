"""Which raw objects an execution reads: all of open hours that no earlier one has named."""

from dataclasses import replace

from solde.workflows.rate_usage.manifest import (
    Asked,
    Manifest,
    next_manifest,
    read_manifest,
    still_open,
    take,
)
from solde.workflows.rate_usage.state import Execution, Result, State
from tests.support.model_objects import ModelObjects
from tests.support.usage_world import at

ASKED = Asked(as_of=at("2013-02-01T06:00:00"), began_at=at("2026-05-02T10:30:00"))
NOTHING = (0, 0)


def raw(objects: ModelObjects, hour: str, name: str, events: int = 1) -> str:
    key = f"raw/{hour}/{name}-{events}.ndjson.gz"
    objects.bodies[key] = b""
    return key


def result(key: str, open_count: int) -> Result:
    return Result(key, 0, {}, NOTHING, NOTHING, NOTHING, NOTHING, open_count, 0)


def test_the_first_execution_reads_everything():
    objects = ModelObjects()
    keys = [raw(objects, "2026-04-01T00", "b"), raw(objects, "2026-05-02T10", "a")]
    manifest = next_manifest(State(), ASKED, objects)
    assert manifest.inputs == tuple(keys)
    assert (manifest.number, manifest.buckets, manifest.carried) == (1, 1, ())


def test_what_was_named_is_not_read_again_and_closed_hours_are_not_listed():
    objects = ModelObjects()
    raw(objects, "2026-04-30T23", "closed")
    named = raw(objects, "2026-05-01T00", "named")
    late = raw(objects, "2026-05-01T00", "unnamed")
    state = State(number=4, open_from="2026-05-01T00", named=(named,))
    manifest = next_manifest(state, ASKED, objects)
    assert (manifest.number, manifest.inputs) == (5, (late,))


def test_open_rejects_are_carried_and_count_for_the_volume():
    objects = ModelObjects()
    raw(objects, "2026-05-01T00", "a", 400_000)
    done = Execution(1, at("2026-05-01T00:00:00"), 2, (result("r0", 0), result("r1", 100_000)))
    manifest = next_manifest(State(number=1, executions=(done,)), ASKED, objects)
    assert (manifest.carried, manifest.buckets) == (("r1",), 4)
    assert manifest.places == ("r1", "raw/2026-05-01T00/a-400000.ndjson.gz")


def test_a_number_is_taken_once():
    objects = ModelObjects()
    manifest = Manifest(7, ASKED.as_of, ASKED.began_at, "", 1, ("c",), ("i",))
    assert take(manifest, objects)
    assert not take(replace(manifest, inputs=()), objects)
    assert read_manifest(7, objects) == manifest
    assert read_manifest(8, objects) is None


def test_an_hour_closes_24_hours_after_its_end():
    # at 10:30 the hour from 9:30 the day before is the first that ended less than 24 hours ago
    manifest = Manifest(
        1, ASKED.as_of, ASKED.began_at, "", 1, (), ("raw/2026-05-02T10/a-1.ndjson.gz",)
    )
    closed, open_ = "raw/2026-05-01T08/b-1.ndjson.gz", "raw/2026-05-01T09/c-1.ndjson.gz"
    assert still_open(manifest, (closed, open_)) == (
        "2026-05-01T09",
        (open_, "raw/2026-05-02T10/a-1.ndjson.gz"),
    )
