"""Business time: the wall clock where it is live, a clock in the table where it is not."""

from datetime import UTC, datetime, timedelta

import pytest

from solde.runtime.clock import business_now, wall_seconds
from solde.storage import keys
from solde.storage.table import Put
from tests.support.deployment import deployed

SET = datetime(2013, 1, 31, 5, tzinfo=UTC)


@pytest.fixture
def table(monkeypatch):
    with deployed(monkeypatch) as made:
        yield made.table


def moved(table, to: datetime) -> None:
    key = keys.clock()
    table.write(Put({"pk": key.pk, "sk": key.sk, "now": to.isoformat()}))


def test_a_test_stage_has_the_clock_that_was_set(table) -> None:
    moved(table, SET)
    assert business_now() == SET


def test_it_is_asked_for_once_a_second(table, monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("solde.runtime.clock.time.monotonic", lambda: clock[0])
    moved(table, SET)
    business_now()
    moved(table, SET + timedelta(days=1))
    assert business_now() == SET
    clock[0] += 1.5
    assert business_now() == SET + timedelta(days=1)


def test_before_it_was_set_and_where_it_is_live_it_is_the_wall_clock(table, monkeypatch) -> None:
    before = datetime.now(UTC)
    assert before <= business_now() <= datetime.now(UTC)
    monkeypatch.setenv("STAGE", "live")
    moved(table, SET)
    assert before <= business_now() <= datetime.now(UTC)
    assert before.timestamp() - 1 < wall_seconds() <= datetime.now(UTC).timestamp()
