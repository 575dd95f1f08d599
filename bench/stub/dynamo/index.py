"""A sparse secondary index: entries in order, and what each write of an item costs it."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.stub.dynamo.units import write_units
from bench.stub.dynamo.values import Item, item_size

Place = tuple[str, str, str]
"""The index's sort key, then the keys of the item: so entries with one sort key have an order."""


@dataclass(slots=True)
class Index:
    name: str
    hashed: str
    ranged: str
    projected: frozenset[str]
    partitions: dict[str, list[Place]] = field(default_factory=dict)

    def replace(self, old: Item, new: Item) -> int:
        """Move an item's entry; return the write units that this takes."""
        before, after = self.entry(old), self.entry(new)
        if before == after:
            return 0
        sizes = item_size(before), item_size(after)
        moved = self._key(before) != self._key(after)
        if before and moved:
            hashed, place = self._key(before)
            rows = self.partitions[hashed]
            del rows[bisect_left(rows, place)]
        if after and moved:
            hashed, place = self._key(after)
            insort(self.partitions.setdefault(hashed, []), place)
        if before and after and moved:
            return write_units(sizes[0]) + write_units(sizes[1])
        return write_units(max(sizes))

    def load(self, item: Item) -> None:
        """Place an item's entry at the end of its partition; who loads many sorts them after."""
        if self.hashed in item and self.ranged in item:
            hashed, place = self._key(item)
            self.partitions.setdefault(hashed, []).append(place)

    def sort(self) -> None:
        for rows in self.partitions.values():
            rows.sort()

    def entry(self, item: Item) -> Item:
        """Return what the index holds of an item: nothing where one of its keys is missing."""
        if self.hashed not in item or self.ranged not in item:
            return {}
        return {name: value for name, value in item.items() if name in self.projected}

    def places(self, hashed: str, *, backwards: bool) -> Iterator[Place]:
        rows = self.partitions.get(hashed, [])
        return iter(reversed(rows)) if backwards else iter(rows)

    def every(self) -> Iterator[Place]:
        """Yield all entries, partition by partition."""
        for rows in self.partitions.values():
            yield from rows

    def _key(self, entry: Item) -> tuple[str, Place]:
        if not entry:
            return "", ("", "", "")
        names = (self.hashed, self.ranged, "pk", "sk")
        hashed, ranged, pk, sk = (str(entry[name]["S"]) for name in names)
        return hashed, (ranged, pk, sk)
