"""Every accepted event is rated, open or rejected: what is planted between two steps is found."""

from collections.abc import Callable

import pytest

from solde.storage.audit import AuditTable
from solde.workflows.verify.report import Finding
from solde.workflows.verify.usage import events_accounted
from tests.support.usage_world import UsageWorld, flight


@pytest.fixture(params=[1, 4], ids=["one-bucket", "four-buckets"])
def world(request: pytest.FixtureRequest) -> UsageWorld:
    """Two ratings: 6 events, one of them twice, one of nobody; then 2 more, one a conflict."""
    world = UsageWorld()
    world.buckets = request.param
    world.send(*(flight(number, f"2013-01-{number:02d}T12:00:00") for number in range(1, 5)))
    world.send(flight(1, "2013-01-01T12:00:00"), flight(9, "2013-01-09T12:00:00", subject="XX"))
    world.rate("2013-02-01T06:00:00")
    later = "2013-02-02T05:00:00"
    world.send(flight(1, "2013-01-01T13:00:00"), flight(5, "2013-01-04T15:00:00"), now=later)
    world.rate("2013-02-02T06:00:00")
    return world


def proved(world: UsageWorld) -> Finding:
    stored = AuditTable(world.table, world.objects).stored()
    return events_accounted(stored, [], world.objects)


def test_nothing_is_lost_between_raw_objects_and_day_states(world: UsageWorld) -> None:
    found = proved(world)
    assert found.violations == ()
    assert found.counted == 8  # 4 + 2 + 2


def test_before_the_first_rating_there_is_nothing_to_prove() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-01T12:00:00"))
    found = proved(world)
    assert (found.counted, found.violations) == (0, ())


def test_what_waits_for_the_next_rating_is_no_violation(world: UsageWorld) -> None:
    world.send(flight(20, "2013-01-20T12:00:00"), now="2013-02-02T07:00:00")
    assert proved(world).violations == ()


def raw_keys(world: UsageWorld) -> list[str]:
    return sorted(key for key in world.objects.bodies if key.startswith("raw/"))


def lose_raw(world: UsageWorld) -> None:
    del world.objects.bodies[raw_keys(world)[0]]


def arrive_too_late(world: UsageWorld) -> None:
    """An object filed under an hour that every rating has closed is never read."""
    world.objects.bodies["raw/2012-12-01T00/0123-7.ndjson.gz"] = b""


def lose_manifest(world: UsageWorld) -> None:
    del world.objects.bodies["rating/manifests/00000001.json"]


def read_again(world: UsageWorld) -> None:
    """The second manifest names what the first has named already."""
    first = raw_keys(world)[0].encode()
    key = "rating/manifests/00000002.json"
    body = world.objects.bodies[key]
    world.objects.bodies[key] = body.replace(b'"inputs":[', b'"inputs":["' + first + b'",')


def lose_result(world: UsageWorld) -> None:
    key = next(key for key in sorted(world.objects.bodies) if key.startswith("rating/results/"))
    del world.objects.bodies[key]


def lose_state(world: UsageWorld) -> None:
    del world.objects.bodies["rating/states/00000002.json"]


def item(world: UsageWorld, meter: str) -> dict:
    key = next(key for key in world.table.items if key.sk.endswith(f"#{meter}"))
    return world.table.items[key]


def lose_a_day(world: UsageWorld) -> None:
    found = item(world, "departures")
    found["days"] = "\n".join(found["days"].split("\n")[1:])


def lose_a_month(world: UsageWorld) -> None:
    key = next(key for key in world.table.items if key.sk.startswith("U#"))
    del world.table.items[key]


def count_again(world: UsageWorld) -> None:
    found = item(world, "departures")
    found["days"] = found["days"].replace('["count",1]', '["count",2]', 1)


def change_quantity(world: UsageWorld) -> None:
    found = item(world, "seats")
    found["days"] = found["days"].replace('"150"', '"151"', 1)


def give_to_another(world: UsageWorld) -> None:
    key = next(key for key in world.table.items if key.sk.endswith("#departures"))
    moved = world.table.items.pop(key)
    other = key._replace(pk="A#cus_dl")
    world.table.items[other] = {**moved, "pk": "A#cus_dl"}


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lose_raw, "an execution has read it, and it is gone"),
        (arrive_too_late, "its hour is closed, and no execution has read it"),
        (lose_manifest, "rating 1: expected its manifest, found none"),
        (read_again, "expected one execution that read it, found 2"),
        (lose_result, "expected its results, found none at rating/results/00000001-"),
        (lose_state, "rating 2: expected a state"),
        (lose_a_day, "departures on 2013-01-01: expected 1 events, found 0"),
        (lose_a_month, "expected 1 events, found 0"),
        (count_again, "departures on 2013-01-01: expected 1 events, found 2"),
        (change_quantity, "seats on 2013-01-01: 1 events, but of others"),
        (give_to_another, "departures on 2013-01-01: 1 events, but of others"),
    ],
)
def test_a_planted_loss_is_found(
    world: UsageWorld, plant: Callable[[UsageWorld], None], said: str
) -> None:
    plant(world)
    violations = proved(world).violations
    assert any(said in one for one in violations), violations


def test_what_is_corrected_is_proved_like_all_else_and_its_loss_is_found(world: UsageWorld) -> None:
    corrections = [
        {**flight(20, "2013-01-01T12:00:00"), "corrects": "f-1"},
        {**flight(21, "2013-01-02T12:00:00"), "cancels": "f-2"},
        {**flight(22, "2013-01-03T12:00:00"), "cancels": "f-99"},
    ]
    world.send(*corrections, now="2013-02-03T05:00:00")
    world.rate("2013-02-03T06:00:00")
    found = proved(world)
    assert (found.counted, found.violations) == (11, ())
    key = "rating/results/00000003-amended"
    del world.objects.bodies[key]
    assert f"rating 3: expected what its corrections came to, found none at {key}" in (
        proved(world).violations
    )
