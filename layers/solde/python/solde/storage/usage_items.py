"""The usage of a month as stored: a map of days; a day that is too large lies in an object."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from solde.domain.errors import InvalidError
from solde.domain.usage.day_state import DayState, day_state_from_rows
from solde.ports.objects import ObjectStore
from solde.ports.usage import MeteredMonth
from solde.storage import keys
from solde.storage.reading import CorruptItemError, reading
from solde.storage.table import Equals, Item, NoItem, Put

SCHEMA = 1
INLINE_BYTES = 1_000
"""A day's text up to this size lies in the item, so that a month is never above some 35 kB."""

Days = Mapping[date, list[Any]]
"""By day: generation, and the text of the day or where it lies."""


def generation_of(item: Item | None) -> int:
    return item["gen"] if item else 0


def month_put(
    customer_id: str,
    found: MeteredMonth,
    stored: Item | None,
    generation: int,
    objects: ObjectStore,
) -> Put:
    """
    Return the write of a month: its untouched days as stored, the others as rated now.

    The stored generation must be the one that was read, and is older: a writer that comes late
    finds a newer one and is refused.
    """
    key = keys.usage_month(customer_id, found.month, found.subscription_id, found.meter)
    days = dict(stored["days"]) if stored else {}
    for day, state in found.days.items():
        days[f"{day:%d}"] = [generation, _kept(state, objects)]
    item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "zone": found.zone,
        "gen": generation,
        "days": days,
    }
    if stored is None:
        return Put(item, (NoItem(guard="usage_gen"),))
    return Put(item, (Equals("gen", stored["gen"], guard="usage_gen"),))


def days_of(item: Item) -> dict[date, list[Any]]:
    with reading(item):
        month = item["sk"].split("#")[1]
        return {date.fromisoformat(f"{month}-{day}"): kept for day, kept in item["days"].items()}


def state_of(item: Item, kept: list[Any], objects: ObjectStore) -> DayState:
    """
    Read a day.

    Raises:
        CorruptItemError: the day cannot be read, or its object is gone or altered.

    """
    generation, text = kept
    if isinstance(text, dict):
        text = _fetched(text["sha256"], objects)
    with reading(item):
        try:
            return day_state_from_rows(generation, orjson.loads(text), text)
        except InvalidError as wrong:
            raise ValueError(str(wrong)) from wrong


def object_key(digest: str) -> str:
    return f"rating/days/{digest}.json"


def _kept(state: DayState, objects: ObjectStore) -> str | dict[str, str]:
    body = state.text.encode()
    if len(body) <= INLINE_BYTES:
        return state.text
    digest = hashlib.sha256(body).hexdigest()
    objects.put_new(object_key(digest), body, content_type="application/json")
    return {"sha256": digest}


def _fetched(digest: str, objects: ObjectStore) -> str:
    body = objects.get(object_key(digest))
    if body is None or hashlib.sha256(body).hexdigest() != digest:
        raise CorruptItemError(f"usage: expected an object with digest {digest}")
    return body.decode()
