"""The gates of ingest and rating: objects, messages, request units, calls, and memory."""

import json
import subprocess
import sys
from functools import cache

import pytest

from bench import events, ingest, rate
from bench.account import account

MEMORY_MB = 150


@cache
def ingested(n: int) -> ingest.Ingested:
    with account(events.DAY) as held:
        return ingest.ingested(held, n, 3)


@cache
def rated(n: int) -> rate.Rated:
    return rate.rated(n, 3)


def test_a_thousand_events_are_one_object_at_most() -> None:
    counted = ingested(10_000).whole.counters
    assert counted.calls["s3.PutObject"] <= 10
    assert counted.write_unit_total == 0


def test_a_request_is_one_call() -> None:
    """A hundred requests of a hundred events: a message each, and one poll of them packed."""
    run = ingested(10_000)
    assert dict(run.accept.counters.calls) == {"sqs.SendMessage": 100}
    assert dict(run.pack.counters.calls) == {"s3.PutObject": 1}


def test_ten_times_the_events_are_ten_times_the_calls() -> None:
    one, ten = (ingested(n).whole.counters.calls.total() for n in (1_000, 10_000))
    assert one == 10 + 1
    assert ten <= 10 * one


def test_rating_takes_a_tenth_of_a_write_unit_an_event() -> None:
    """A subscription with 333 events of the day costs four units: its month and its mark."""
    counted = rated(10_000).spent.counters
    assert counted.write_unit_total <= 10_000 // 10
    assert counted.write_unit_total <= 4 * events.subscriptions_of(10_000) + 4


def test_rating_writes_three_objects() -> None:
    """Manifest, result and state."""
    assert rated(10_000).spent.counters.calls["s3.PutObject"] == 3


def test_rating_grows_with_its_subscriptions_and_objects() -> None:
    small, large = rated(10_000).spent.counters, rated(50_000).spent.counters
    assert large.write_unit_total <= 5 * small.write_unit_total
    assert large.calls.total() <= 5 * small.calls.total()


@pytest.mark.parametrize("bench", ["rate", "rate_logs"])
@pytest.mark.parametrize(
    "n", [100_000, pytest.param(1_000_000, marks=pytest.mark.deep, id="a-million")]
)
def test_rating_stays_in_its_memory(bench: str, n: int) -> None:
    """What lies in the stub's table is not counted; its objects lie on disk."""
    code = "from bench.cli import main; main()"
    command = [sys.executable, "-c", code, bench, "--n", str(n), "--json"]
    done = subprocess.run(command, check=True, capture_output=True)
    assert json.loads(done.stdout)["peak_mb"] <= MEMORY_MB
