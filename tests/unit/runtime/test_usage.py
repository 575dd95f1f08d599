"""Rating and reading usage in a function: its buckets, its table, and two clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.runtime import clock, usage
from solde.storage.catalog import CatalogStore
from tests.support.deployment import deployed
from tests.support.seller import ENTITY, at

NOW = at("2013-01-10T12:00:00")


@pytest.fixture
def cloud(monkeypatch):
    with deployed(monkeypatch) as made:
        monkeypatch.setattr(clock, "_seen", (float("inf"), NOW))
        CatalogStore(made.table).put(Meter("calls", "call", Aggregation.COUNT))
        yield made


def test_rating_reads_meters_and_entities_and_writes_over_one_table(cloud) -> None:
    context = usage.rating_context()
    assert context.objects is cloud.objects
    assert [one.code for one in context.meters.meters()] == ["calls"]
    assert list(context.entities.all()) == []
    context.book.rated(ENTITY.code, NOW.date(), at=NOW)
    assert context.usage.rated_to_on(ENTITY.code) == NOW.date()
    assert usage.reading_context().book.generation() == context.book.generation() == 0


def test_who_reads_knows_the_business_time_and_the_wall_clock(cloud) -> None:
    """Raw objects are filed by the wall clock: those of a test clock's day would not be found."""
    before = datetime.now(UTC)
    context = usage.reading_context()
    assert context.now == NOW
    assert before <= context.looked_at <= before + timedelta(minutes=1)
    assert context.objects is cloud.objects
