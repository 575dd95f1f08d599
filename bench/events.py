"""Usage events as callers send them: a day of many subscriptions, some hundred events of each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.reference import subscription

DAY = datetime(2026, 1, 16, tzinfo=UTC)
EVENTS_A_DAY = 333
"""A billion events a month are 333 a day of each of 100,000 subscriptions."""
REGIONS = ("eu-west-1", "us-east-1", "ap-south-1")


def subscriptions_of(n: int) -> int:
    return -(-n // EVENTS_A_DAY)


def event(number: int, of: int, seed: int) -> dict[str, Any]:
    """Return event `number` of `of`: they come in the order of time, from all subscriptions."""
    at = DAY + timedelta(milliseconds=number * 86_400_000 // of)
    return {
        "specversion": "1.0",
        "id": f"{seed}-{number:010d}",
        "source": "urn:bench:gateway",
        "type": "call",
        "subject": subscription(number % subscriptions_of(of), 1).id,
        "time": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "data": {"n": number * 7 % 5 + 1, "region": REGIONS[number % 3]},
    }


def batches(n: int, seed: int, size: int) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, n, size):
        yield [event(number, n, seed) for number in range(first, min(first + size, n))]
