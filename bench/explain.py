"""One line of a long invoice explained: the handler of the API, warm, from request to answer."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from bench.account import Account, account
from bench.billrun import AT, billed
from bench.figures import common
from bench.reference import FEBRUARY, drawn, subscription
from bench.seeding import MADE_AT, customer_items, seed_seller, used_month, write_all
from functions.invoices import api
from solde.ports.objects import ObjectStore
from solde.runtime import wiring
from solde.runtime.access import hash_of, make_key
from solde.storage.api_keys import put_api_key
from solde.storage.subscriptions import subscription_to_item
from solde.storage.table import Item

CHARGES = 3
"""Lines of a subscription."""
ASKED = 10
"""Lines that are explained, one request each, evenly over the invoice."""
KEY = make_key("bench", 5)


def run(n: int, seed: int) -> dict[str, object]:
    """Bill one customer for n lines on one invoice, and explain some of them."""
    with account(AT) as held:
        invoice_id, lines = long_invoice(held, n, seed)
        places = [1 + place * lines // ASKED for place in range(ASKED)]
        asked(invoice_id, lines)  # what is kept for the life of a process
        with held.measured() as spent:
            answers = [asked(invoice_id, place) for place in places]
    if wrong := [one for one in answers if not one["derivation"] or not one["timeline"]]:
        raise RuntimeError(f"explain: expected tree and timeline of each line, found {wrong[:1]}")
    return {
        "bench": "explain",
        "n": n,
        "seed": seed,
        "lines": lines,
        **common(spent, ASKED, spent.counters),
        "cpu_ms_of_one": round((spent.own_ns + spent.sdk_ns) / ASKED / 1_000_000, 1),
    }


def long_invoice(held: Account, n: int, seed: int) -> tuple[str, int]:
    """Bill the reference charges n // 3 times on one invoice; return its id and its lines."""
    table = wiring.table()
    seed_seller(table)
    write_all(table, _items(n // CHARGES, seed, wiring.usage_objects()))
    put_api_key(table, hash_of(KEY), name="bench", scopes=["*"], at=MADE_AT)
    billed(held)
    (header,) = wiring.billing().headers("cus_000000", issued_since=FEBRUARY)
    return header.id, len(_get(f"/v1/invoices/{header.id}")["document"]["lines"])


def asked(invoice_id: str, line: int) -> dict[str, Any]:
    return _get(f"/v1/invoices/{invoice_id}/lines/{line}/explanation")


def _get(path: str) -> dict[str, Any]:
    event = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"authorization": f"Bearer {KEY}"},
        "requestContext": {
            "requestId": "bench",
            "http": {"method": "GET", "path": path},
            "stage": "$default",
        },
    }
    answer = api.lambda_handler(event, None)
    if answer["statusCode"] != HTTPStatus.OK:
        raise RuntimeError(f"{path}: expected 200, found {answer['statusCode']}: {answer['body']}")
    found: dict[str, Any] = json.loads(answer["body"])
    return found


def _items(count: int, seed: int, objects: ObjectStore) -> Iterator[Item]:
    """Yield one customer with many subscriptions, each with its usage of January."""
    rng = random.Random(seed)
    state, profile, _ = customer_items(0, 1, due_on=FEBRUARY)
    yield from (state, profile)
    for number in range(count):
        seats, calls = drawn(rng)
        one = subscription(number, seats)
        own = tuple(replace(item, id=f"{item.id}_{number:06d}") for item in one.items)
        one = replace(one, customer_id="cus_000000", items=own)
        yield subscription_to_item(one, created_at=MADE_AT.isoformat())
        yield {**used_month(number, max(calls, 1), objects), "pk": "A#cus_000000"}
