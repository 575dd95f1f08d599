"""A table that remembers what is read of it, and the items that it remembered as bytes and back."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson

from solde.storage.table import Item, Key, Table, Write

DECIMAL = "decimal!"
"""Names a decimal among items: JSON has none, and a float is no amount."""


class RecordingTable:
    """The table as it is; `taken` has every item that was read, as it was read last."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._taken: dict[Key, Item] = {}

    def begin(self) -> None:
        self._taken.clear()

    def taken(self) -> bytes:
        items = list(self._taken.values())
        try:
            return orjson.dumps(items, default=_said)
        except orjson.JSONEncodeError:  # a whole number of more than 64 bits
            return json.dumps(items, default=_said, separators=(",", ":")).encode()

    def get(self, key: Key) -> Item | None:
        item = self._table.get(key)
        if item is not None:
            self._taken[key] = item
        return item

    def get_many(self, keys: Collection[Key]) -> dict[Key, Item]:
        found = self._table.get_many(keys)
        self._taken.update(found)
        return found

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        found = self._table.query(pk, first=first, last=last, backwards=backwards, limit=limit)
        return map(self._noted, found)

    def _noted(self, item: Item) -> Item:
        self._taken[Key(item["pk"], item["sk"])] = item
        return item

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        return self._table.due(due_pk, until)

    def due_in(self, shards: Sequence[str], until: str) -> list[Key]:
        return self._table.due_in(shards, until)

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        return self._table.listed(list_pk, below=below, limit=limit)

    def prepared(self, *writes: Write) -> Callable[[], None]:
        return self._table.prepared(*writes)

    def write(self, *writes: Write) -> None:
        self._table.write(*writes)


def items_of(body: bytes) -> list[Item]:
    """Read the items of a body that `taken` returned."""
    found: list[Item] = json.loads(body, object_hook=_read)
    return found


def _said(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {DECIMAL: str(value)}
    raise TypeError(f"item: expected a type that can be recorded, found {type(value).__name__}")


def _read(found: dict[str, Any]) -> Any:  # noqa: ANN401 - an object, or the decimal that it names
    return Decimal(found[DECIMAL]) if found.keys() == {DECIMAL} else found
