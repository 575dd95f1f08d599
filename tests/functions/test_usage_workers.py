"""Pack and rate: small requests become objects, objects become day states."""

from collections.abc import Iterator

import pytest

from functions.ingest_usage import pack
from functions.rate_usage import rate
from tests.support.deployment import Deployment, deployed
from tests.support.usage_world import UsageWorld, flight


@pytest.fixture
def world() -> UsageWorld:
    return UsageWorld()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, world: UsageWorld) -> Iterator[Deployment]:
    with deployed(monkeypatch, table=world.table, objects=world.objects) as made:
        yield made


def records(*bodies: str) -> dict[str, list[dict[str, str]]]:
    return {
        "Records": [{"messageId": f"m{place}", "body": body} for place, body in enumerate(bodies)]
    }


def test_a_message_that_is_none_of_ours_is_given_again_alone(
    cloud: Deployment, world: UsageWorld
) -> None:
    world.accept(flight(1, "2013-01-01T12:00:00"), flight(2, "2013-01-02T12:00:00"))
    (body,) = world.queue.bodies
    answer = pack.lambda_handler(records("nonsense", body, "{}"), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m2"}]}
    (key,) = [key for key in world.objects.bodies if key.startswith("raw/")]
    assert key.endswith("-2.ndjson.gz")


def test_rating_says_what_it_has_counted_and_again_changes_nothing(
    cloud: Deployment, world: UsageWorld
) -> None:
    world.accept(flight(1, "2013-01-01T12:00:00"), flight(9, "2013-01-02T12:00:00", subject="XX"))
    pack.lambda_handler(records(*world.queue.bodies), None)
    said = rate.lambda_handler({"as_of": "2013-02-01T06:00:00+00:00"}, None)
    assert said["number"] == 1
    # By the wall clock these events are years old: what nobody pays for is tried no more.
    assert said["totals"] == {"read": 2, "rated": 1, "final.unknown_subject": 1, "open": 0}
    before = world.stored_usage()
    assert len(before) == 6  # the meters of a departure
    rate.lambda_handler({"as_of": "2013-02-01T07:00:00+00:00"}, None)
    assert world.stored_usage() == before


def test_rating_wants_to_be_told_the_time(cloud: Deployment) -> None:
    with pytest.raises(KeyError):
        rate.lambda_handler({}, None)
