"""Ingest in a function: meters looked up once a minute, and the later of two clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.runtime import clock, ingest, wiring
from solde.storage.catalog import CatalogStore
from tests.support.deployment import deployed
from tests.support.seller import at


@pytest.fixture
def cloud(monkeypatch):
    monkeypatch.setenv("EVENTS_QUEUE_URL", "https://queue.example.test/events")
    with deployed(monkeypatch) as made:
        CatalogStore(made.table).put(Meter("calls", "call", Aggregation.COUNT))
        yield made


@pytest.mark.parametrize("ahead", [True, False])
def test_events_are_held_against_the_later_of_wall_and_business_time(
    cloud, monkeypatch, ahead: bool
) -> None:
    business = at("2199-01-01T00:00:00") if ahead else at("2013-01-10T12:00:00")
    monkeypatch.setattr(clock, "_seen", (float("inf"), business))
    before = datetime.now(UTC)
    context = ingest.ingest_context()
    assert before <= context.received_at <= before + timedelta(minutes=1)
    assert context.now == (business if ahead else context.received_at)


def test_meters_are_asked_for_once_a_minute(cloud, monkeypatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("solde.runtime.ingest.time.monotonic", lambda: now[0])
    assert set(ingest.ingest_context().meters) == {"call"}
    CatalogStore(cloud.table).put(Meter("seats", "seat", Aggregation.COUNT))
    now[0] += 60
    assert set(ingest.ingest_context().meters) == {"call"}
    now[0] += 0.1
    assert set(ingest.ingest_context().meters) == {"call", "seat"}


def test_parcels_go_to_the_queue_that_the_environment_names(monkeypatch) -> None:
    sent = []

    class Sqs:
        def send_message(self, **call: str) -> None:
            sent.append(call)

    monkeypatch.setenv("EVENTS_QUEUE_URL", "https://queue.example.test/events")
    monkeypatch.setattr(wiring, "client", lambda service: {"sqs": Sqs()}[service])
    ingest.queue.cache_clear()
    try:
        assert ingest.queue() is ingest.queue()
        ingest.queue().send("a parcel")
    finally:
        ingest.queue.cache_clear()
    assert [one["QueueUrl"] for one in sent] == ["https://queue.example.test/events"]
    assert "a parcel" in sent[0]["MessageBody"]
