"""The stored state that a bench begins with, written by the product's own code."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bench.reference import CATALOG, ENTITY, FEBRUARY, JANUARY, customer, drawn, subscription
from solde.domain.usage.additive import Sum
from solde.domain.usage.day_state import day_state
from solde.ports.objects import ObjectStore
from solde.ports.usage import MeteredMonth
from solde.storage.billing_state import due_fields, new_state
from solde.storage.catalog import CatalogStore
from solde.storage.entities import EntityTable
from solde.storage.marshal import marshal_item
from solde.storage.parties import customer_to_item
from solde.storage.rating_book import RatingBookTable
from solde.storage.subscriptions import subscription_to_item
from solde.storage.table import Item, Put, Table
from solde.storage.usage_items import month_put

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
MARCH = date(2026, 3, 1)
DAYS = 31
OWN = frozenset({"pk", "due_pk", "due_sk", "list_pk", "list_sk"})
"""Attributes that name an idle customer."""
TOGETHER = 100


def seed_seller(table: Table) -> None:
    """Write the entity and the catalog, and that January is rated."""
    EntityTable(table).put(ENTITY)
    catalog = CatalogStore(table)
    for things in (CATALOG.products, CATALOG.meters, CATALOG.prices):
        for thing in things.values():
            catalog.put(thing)
    RatingBookTable(table).rated(ENTITY.code, FEBRUARY, at=MADE_AT)


def due_customers(n: int, seed: int, objects: ObjectStore) -> Iterator[Item]:
    """Yield all items of n customers whose January is to be billed on 1 February."""
    rng = random.Random(seed)
    for number in range(n):
        seats, calls = drawn(rng)
        yield from customer_items(number, seats, due_on=FEBRUARY)
        yield used_month(number, calls, objects)


def idle_customers(first: int, n: int) -> Iterator[dict[str, Any]]:
    """
    Yield customers of whom nothing is due before March, from number `first` on.

    They are as DynamoDB holds them, and what one has like the other is one object: a hundred
    thousand fit into memory.
    """
    models = [marshal_item(one) for one in customer_items(first, 5, due_on=MARCH)]
    model_id = customer(first).id
    for number in range(first, first + n):
        one = customer(number).id
        for model in models:
            own = {
                name: {"S": model[name]["S"].replace(model_id, one)} for name in OWN & model.keys()
            }
            yield model | own


def used_month(number: int, calls: int, objects: ObjectStore, *, days: int = DAYS) -> Item:
    """Return January's usage as the nightly ratings of its first days have left it."""
    one = subscription(number, 1)
    each, more = divmod(calls, days)
    states = {
        JANUARY + timedelta(days=place): day_state(1, {(): Sum(1, Decimal(each + (place < more)))})
        for place in range(days)
    }
    month = MeteredMonth(one.id, "calls", "UTC", "2026-01", states)
    return month_put(one.customer_id, month, None, 1, objects).item


def write_all(table: Table, items: Iterable[Item]) -> None:
    waiting: list[Put] = []
    for item in items:
        waiting.append(Put(item))
        if len(waiting) == TOGETHER:
            table.write(*waiting)
            waiting = []
    table.write(*waiting)


def customer_items(number: int, seats: int, *, due_on: date) -> list[Item]:
    who = replace(customer(number), entity=ENTITY.code)
    at = MADE_AT.isoformat()
    state = new_state(who.id, ENTITY.code).item | due_fields(ENTITY.code, who.id, due_on)
    return [
        state,
        customer_to_item(who, created_at=at),
        subscription_to_item(subscription(number, seats), created_at=at),
    ]
