"""The whole table, read once and then looked at by key: for proofs, which read nearly all of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Never

from solde.storage.table import Item, Key, Write


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
