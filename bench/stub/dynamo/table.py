"""One table with its items in key order and its indexes."""

import gc
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from bench.stub.dynamo.errors import ValidationError
from bench.stub.dynamo.index import Index, Place
from bench.stub.dynamo.units import write_units
from bench.stub.dynamo.values import Item, item_size, kind_of

ITEM_BYTES = 400 * 1024
KEYS = frozenset({"pk", "sk"})
LISTED = (
    "kind",
    "status",
    "name",
    "number",
    "total",
    "currency",
    "issued_on",
    "due_on",
    "email",
)


class StubTable:
    """The shape is that of the deployed table; a test compares it with the template."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], Item] = {}
        self.partitions: dict[str, list[str]] = {}
        due, listed = {"due_pk", "due_sk"}, {"list_pk", "list_sk"}
        self.indexes = {
            "due": Index("due", "due_pk", "due_sk", frozenset(KEYS | due)),
            "list": Index("list", "list_pk", "list_sk", frozenset({*KEYS, *listed, *LISTED})),
        }

    def replace(self, key: tuple[str, str], new: Item) -> dict[str, int]:
        """
        Put an item in the place of another, or nothing (an empty item).

        Returns:
            Write units: of the table under "" (by the larger of old and new), and per index.

        """
        old = self.items.get(key, {})
        new_size = self._checked(new)
        size = max(self.size_of(key), new_size)
        self._place(key, new)
        units = {index.name: index.replace(old, new) for index in self.indexes.values()}
        return {"": write_units(size), **units}

    def load(self, items: Iterable[Item]) -> None:
        """Place many new items at once; the collector would look through them again and again."""
        gc.disable()
        for item in items:
            pk, sk = item["pk"]["S"], item["sk"]["S"]
            self.items[pk, sk] = item
            self.partitions.setdefault(pk, []).append(sk)
            for index in self.indexes.values():
                index.load(item)
        for rows in self.partitions.values():
            rows.sort()
        for index in self.indexes.values():
            index.sort()
        gc.enable()

    def size_of(self, key: tuple[str, str]) -> int:
        """Return the size of what is stored under a key; nothing has none."""
        return item_size(self.items.get(key, {}))

    def places(self, pk: str, *, backwards: bool) -> Iterator[Place]:
        rows = self.partitions.get(pk, [])
        return ((sk, pk, sk) for sk in (reversed(rows) if backwards else rows))

    def _place(self, key: tuple[str, str], new: Item) -> None:
        pk, sk = key
        if new:
            if key not in self.items:
                insort(self.partitions.setdefault(pk, []), sk)
            self.items[key] = new
        elif key in self.items:
            rows = self.partitions[pk]
            del rows[bisect_left(rows, sk)]
            del self.items[key]

    def _checked(self, item: Item) -> int:
        names = [(one.hashed, one.ranged) for one in self.indexes.values()]
        for name in [name for pair in names for name in pair if name in item]:
            if kind_of(item[name]) != "S" or not item[name]["S"]:
                raise ValidationError(f"{name}: expected text that is not empty for an index key")
        size = item_size(item)
        if size > ITEM_BYTES:
            raise ValidationError("Item size has exceeded the maximum allowed size")
        return size


def key_of(named: Item) -> tuple[str, str]:
    """Return the key that an item or a call names."""
    for name in ("pk", "sk"):
        if name not in named or kind_of(named[name]) != "S" or not named[name]["S"]:
            raise ValidationError(f"{name}: expected text that is not empty for a key")
    return str(named["pk"]["S"]), str(named["sk"]["S"])
