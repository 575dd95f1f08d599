"""What a process makes once: clients, stores over one table, and pauses between attempts."""

import pytest

from solde.runtime import wiring


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    named = {
        "AWS_REGION": "eu-west-3",
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "TABLE_NAME": "t",
        "ARCHIVE_BUCKET": "archive",
        "USAGE_BUCKET": "usage",
        "BUS_NAME": "bus",
        "BILL_RUN_ARN": "arn:aws:states:eu-west-3:123456789012:stateMachine:bill-run",
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    made = [one for one in vars(wiring).values() if hasattr(one, "cache_clear")]
    for one in made:
        one.cache_clear()
    yield made
    for one in made:
        one.cache_clear()


def test_everything_is_made_once_from_the_environment() -> None:
    stores = (
        wiring.table,
        wiring.archive,
        wiring.usage_objects,
        wiring.billing,
        wiring.runs,
        wiring.entities,
        wiring.catalogs,
        wiring.dunning,
        wiring.outbox,
        wiring.bus,
        wiring.engine,
        wiring.customers,
        wiring.subscriptions,
        wiring.discounts,
        wiring.measured,
        wiring.meters,
    )
    made = [make() for make in stores]
    assert all(make() is one for make, one in zip(stores, made, strict=True))
    assert len({id(one) for one in made}) == len(made)
    assert wiring.archive() is not wiring.usage_objects()


def test_a_client_is_of_the_region_and_repeats_what_it_may() -> None:
    client = wiring.client("dynamodb")
    assert client.meta.region_name == "eu-west-3"
    assert client.meta.config.retries["mode"] == "standard"


def test_pauses_grow_and_the_first_attempt_waits_for_nothing(monkeypatch) -> None:
    slept = []
    monkeypatch.setattr("solde.runtime.wiring.time.sleep", slept.append)
    monkeypatch.setattr("solde.runtime.wiring.random.randint", lambda _least, most: most)
    for attempt in range(9):
        wiring.pause(attempt)
    assert slept == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]


def test_a_transaction_has_a_name_of_its_own() -> None:
    assert len({wiring.token() for _ in range(100)}) == 100
