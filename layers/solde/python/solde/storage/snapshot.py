"""The whole table, read once and then looked at by key: for proofs, which read nearly all of it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Never

import orjson

from solde.storage import keys
from solde.storage.table import Item, Key, Write

RATED = "RATED#"
"""Up to where usage is rated, an entity; the number of the latest rating is among them."""


class Snapshot:
    """
    A table for reading that no longer changes.

    A partition lies together in a scan, so what is said of one customer is of one moment, or
    nearly; decisions are never taken on it.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._partitions: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in items:
            self._partitions[item["pk"]][item["sk"]] = item

    def digest(self) -> str:
        """Name this state of the table; what moves every night, and no proof reads, is left out."""
        found = sha256()
        for pk, partition in sorted(self._partitions.items()):
            if pk != keys.clock().pk and not pk.startswith(RATED):
                for sk in sorted(partition):
                    found.update(_bytes(partition[sk]))
        found.update(_bytes(self.get(keys.rating()) or {}))
        return found.hexdigest()

    def scan(self) -> Iterator[Item]:
        for partition in self._partitions.values():
            yield from partition.values()

    def get(self, key: Key) -> Item | None:
        return self._partitions.get(key.pk, {}).get(key.sk)

    def get_many(self, keys: Collection[Key]) -> dict[Key, Item]:
        return {key: item for key in keys if (item := self.get(key)) is not None}

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        partition = self._partitions.get(pk, {})
        found = sorted(sk for sk in partition if first <= sk and (last is None or sk <= last))
        for sk in (found[::-1] if backwards else found)[:limit]:
            yield partition[sk]

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        rows = [one for one in self.scan() if one.get("due_pk") == due_pk]
        for one in sorted(rows, key=lambda row: str(row["due_sk"])):
            if one["due_sk"] <= until:
                yield Key(one["pk"], one["sk"])

    def due_in(self, shards: Sequence[str], until: str) -> list[Key]:
        return [key for one in shards for key in self.due(one, until)]

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        rows = [one for one in self.scan() if one.get("list_pk") == list_pk]
        rows = [one for one in rows if below is None or one["list_sk"] < below]
        return sorted(rows, key=lambda row: str(row["list_sk"]), reverse=True)[:limit]

    def prepared(self, *writes: Write) -> Never:
        self.write(*writes)

    def write(self, *writes: Write) -> Never:
        """Refuse: a snapshot is for reading."""
        raise TypeError(f"a snapshot takes no writes, found {len(writes)}")


def _bytes(item: Item) -> bytes:
    try:
        return orjson.dumps(item, default=_said, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # a whole number of more than 64 bits
        return json.dumps(item, default=_said, sort_keys=True).encode()


def _said(value: object) -> object:
    """Say what JSON has no form for so that no two values are said the same."""
    if isinstance(value, Decimal):
        return {"number!": str(value)}
    if isinstance(value, bytes):
        return {"bytes!": value.hex()}
    raise TypeError(f"item: expected a type that items hold, found {type(value).__name__}")
