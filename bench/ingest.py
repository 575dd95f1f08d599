"""Ingest: requests of a hundred events through the handlers that accept and pack them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from bench import events, prices
from bench.account import ENVIRONMENT, Account, account
from bench.figures import common, per
from bench.seeding import seed_seller
from bench.spent import Spent
from functions.ingest_usage import accept, pack
from solde.runtime import wiring
from solde.runtime.access import hash_of, make_key
from solde.storage import keys
from solde.storage.table import Put

BATCH = 100
MESSAGES = 100
"""Messages that the packer is given together; up to 1,000 come together within 20 seconds."""
KEY = make_key(ENVIRONMENT["STAGE"], 12345)
POLLED = Decimal("0.2")
"""Requests that reading and deleting a message costs: both are done in tens."""


@dataclass(frozen=True, slots=True)
class Ingested:
    events: int
    requests: int
    packs: int
    accept: Spent
    pack: Spent

    @property
    def whole(self) -> Spent:
        return self.accept.plus(self.pack)

    @property
    def dollars(self) -> Decimal:
        counted = self.whole.counters
        cpu_ns = self.whole.own_ns + self.whole.sdk_ns
        messages = counted.messages["sqs.SendMessage"]
        return (
            prices.table(counted)
            + prices.objects(counted)
            + prices.compute(cpu_ns, counted, self.requests + self.packs)
            + self.requests * prices.API_REQUEST
            + messages * (1 + POLLED) * prices.SQS_REQUEST
        )


def run(n: int, seed: int) -> dict[str, object]:
    with account(events.DAY) as held:
        done = ingested(held, n, seed)
    return {
        "bench": "ingest",
        "n": n,
        "seed": seed,
        **common(done.whole, n, done.whole.counters),
        "accept_own_cpu_us": per(Decimal(done.accept.own_ns) / 1000, n),
        "pack_own_cpu_us": per(Decimal(done.pack.own_ns) / 1000, n),
        "dollars_per_billion": per(done.dollars * 1_000_000_000, n),
    }


def ingested(held: Account, n: int, seed: int) -> Ingested:
    _seed()
    requests = [_request(batch) for batch in events.batches(n, seed, BATCH)]
    accept.lambda_handler(_request(next(events.batches(1, seed + 1, 1))), None)  # a warm process
    queued = held.cloud.taken.messages[ENVIRONMENT["EVENTS_QUEUE_URL"]]
    queued.clear()
    with held.measured() as accepting:
        answers = [accept.lambda_handler(one, None)["statusCode"] for one in requests]
    if set(answers) != {202}:
        raise RuntimeError(f"ingest: expected 202 of every request, found {set(answers)}")
    polls = [_poll(queued[at : at + MESSAGES]) for at in range(0, len(queued), MESSAGES)]
    with held.measured() as packing:
        failed = [pack.lambda_handler(one, None)["batchItemFailures"] for one in polls]
    if any(failed):
        raise RuntimeError(f"pack: expected every message packed, found {failed}")
    return Ingested(n, len(requests), len(polls), accepting, packing)


def _seed() -> None:
    seed_seller(wiring.table())
    where = keys.api_key(hash_of(KEY))
    known = {"pk": where.pk, "sk": where.sk, "name": "bench", "scopes": ["events:write"]}
    wiring.table().write(Put(known))


def _request(batch: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the gateway hands over."""
    return {
        "headers": {
            "authorization": f"Bearer {KEY}",
            "content-type": "application/cloudevents-batch+json",
        },
        "body": orjson.dumps(batch).decode(),
        "isBase64Encoded": False,
        "rawQueryString": "",
        "requestContext": {"requestId": "bench"},
    }


def _poll(messages: list[Any]) -> dict[str, Any]:
    records = [
        {"messageId": str(place), "body": one["MessageBody"]} for place, one in enumerate(messages)
    ]
    return {"Records": records}
