"""Rating: a night's execution over raw objects of ten thousand events."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from bench import events, prices
from bench.account import Account, account
from bench.figures import common, per
from bench.measured import peak_kilobytes, resident_kilobytes
from bench.reference import ENTITY, subscription
from bench.seeding import customer_items, seed_seller, used_month
from bench.spent import Spent
from functions.rate_usage import rate
from solde.domain.usage.event import EPOCH, MICROSECOND, Draft, read_event
from solde.runtime import wiring
from solde.storage.customers import locator
from solde.storage.marshal import marshal_item
from solde.storage.table import Item
from solde.workflows.raw_events import line, put_events

AT = datetime(2026, 1, 17, 1, tzinfo=UTC)
"""When the nightly schedule rates the sixteenth."""
RECEIVED_MS = (AT - EPOCH) // (MICROSECOND * 1000)
OBJECT_EVENTS = 10_000
RATED_DAYS = 15


@dataclass(frozen=True, slots=True)
class Rated:
    events: int
    spent: Spent
    peak_kb: int
    """The most memory of the process, less what the stub was given to hold."""

    @property
    def dollars(self) -> Decimal:
        counted = self.spent.counters
        cpu_ns = self.spent.own_ns + self.spent.sdk_ns
        return prices.table(counted) + prices.objects(counted) + prices.compute(cpu_ns, counted, 1)


def run(n: int, seed: int) -> dict[str, object]:
    done = rated(n, seed)
    return {
        "bench": "rate",
        "n": n,
        "seed": seed,
        **common(done.spent, n, done.spent.counters),
        "peak_mb": done.peak_kb // 1024,
        "dollars_per_billion": per(done.dollars * 1_000_000_000, n),
    }


def rated(n: int, seed: int) -> Rated:
    with tempfile.TemporaryDirectory() as folder, account(AT, Path(folder) / "s3") as held:
        before_kb = resident_kilobytes()
        seed_seller(wiring.table())
        held.cloud.dynamo.load(marshal_item(one) for one in _subscribers(n))
        held_kb = resident_kilobytes() - before_kb
        _store(n, seed)
        spent = _rate(held, n)
        return Rated(n, spent, peak_kilobytes() - held_kb)


def _rate(held: Account, n: int) -> Spent:
    with held.measured() as spent:
        said = rate.lambda_handler({"as_of": AT.isoformat()}, None)
    totals = said["totals"]
    if totals["rated"] != n or totals["open"]:
        raise RuntimeError(f"rating: expected {n} events rated, found {totals}")
    return spent


def _subscribers(n: int) -> Iterator[Item]:
    """Yield subscribers in the middle of a month: fifteen days of it are rated already."""
    for number in range(events.subscriptions_of(n)):
        yield from customer_items(number, 5, due_on=date(2026, 2, 1))
        one = subscription(number, 5)
        where = {
            "customer_id": one.customer_id,
            "subscription_id": one.id,
            "entity": ENTITY.code,
            "zone": ENTITY.time_zone,
        }
        yield locator("sub", one.id, where).item
        month = used_month(number, 333 * RATED_DAYS, wiring.usage_objects(), days=RATED_DAYS)
        yield month | {"gen": 0}


def _store(n: int, seed: int) -> None:
    """File raw objects as the packer does, under the hour that they were received in."""
    for first in range(0, n, OBJECT_EVENTS):
        numbers = range(first, min(first + OBJECT_EVENTS, n))
        lines = [_line(events.event(number, n, seed)) for number in numbers]
        put_events(lines, at=AT, objects=wiring.usage_objects())


def _line(found: object) -> bytes:
    draft = read_event(found, latest_us=RECEIVED_MS * 1000)
    if not isinstance(draft, Draft):
        raise TypeError(f"event: expected one that is well-formed, found {draft}")
    return line(draft, received_ms=RECEIVED_MS)
