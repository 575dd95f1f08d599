"""Reads: items by key, ranges of the table and of its indexes, a page at a time."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench.stub.answers import NotStubbedError
from bench.stub.counters import Counters
from bench.stub.dynamo.errors import ValidationError
from bench.stub.dynamo.grammar import Meanings
from bench.stub.dynamo.index import Place
from bench.stub.dynamo.ranges import key_condition
from bench.stub.dynamo.table import StubTable, key_of
from bench.stub.dynamo.units import half_read_units
from bench.stub.dynamo.values import Item, item_size

Call = Mapping[str, Any]
PAGE_BYTES = 1024 * 1024
KNOWN = frozenset(
    {
        "TableName",
        "IndexName",
        "KeyConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ConsistentRead",
        "ScanIndexForward",
        "Limit",
        "ExclusiveStartKey",
        "Key",
    }
)


class Reads:
    def __init__(self, table: StubTable, counters: Counters) -> None:
        self._table = table
        self._counters = counters

    def one(self, operation: str, call: Call) -> Item:
        _check(operation, call)
        item = self._table.items.get(key_of(call["Key"]), {})
        self._count(operation, item_size(item), consistent=call.get("ConsistentRead", False))
        return item

    def query(self, operation: str, call: Call) -> dict[str, Any]:
        _check(operation, call)
        said = Meanings(call)
        wanted = key_condition(call["KeyConditionExpression"])
        if unused := said.unused(call["KeyConditionExpression"]):
            raise ValidationError(f"expected every name and value used, found {sorted(unused)}")
        backwards = not call.get("ScanIndexForward", True)
        index = call.get("IndexName", "")
        hashed, ranged = self._key_names(index)
        if [said.name(name) for name in wanted.names] != [hashed, ranged][: len(wanted.names)]:
            raise ValidationError(f"Query condition missed key schema element: {wanted.names}")
        pk = str(said.value(wanted.value)["S"])
        places = self._places(index)(pk, backwards=backwards)
        found = (place for place in places if wanted.holds(place[0], said))
        return self._page(operation, call, _after(found, self._start(call), backwards=backwards))

    def scan(self, operation: str, call: Call) -> dict[str, Any]:
        _check(operation, call)
        index = call.get("IndexName", "")
        places: Iterable[Place] = ((sk, pk, sk) for pk, sk in sorted(self._table.items))
        if index:
            if "ExclusiveStartKey" in call:
                raise NotStubbedError(f"{operation}: found further pages of an index")
            return self._page(operation, call, self._table.indexes[index].every())
        start = self._start(call)
        rows = [place for place in places if start is None or place[1:] > start[1:]]
        return self._page(operation, call, rows)

    def _page(self, operation: str, call: Call, places: Iterable[Place]) -> dict[str, Any]:
        limit = call.get("Limit")
        items: list[Item] = []
        size, last = 0, None
        for place in places:
            item = self._shown(call, place)
            items.append(item)
            size += item_size(item)
            if len(items) == limit or size > PAGE_BYTES:
                last = item
                break
        self._count(operation, size, consistent=call.get("ConsistentRead", False))
        page: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        if last is not None:
            names = {"pk", "sk", *self._key_names(call.get("IndexName", ""))}
            page["LastEvaluatedKey"] = {name: last[name] for name in names}
        return page

    def _start(self, call: Call) -> Place | None:
        start = call.get("ExclusiveStartKey")
        if start is None:
            return None
        ranged = self._key_names(call.get("IndexName", ""))[1]
        return str(start[ranged]["S"]), str(start["pk"]["S"]), str(start["sk"]["S"])

    def _shown(self, call: Call, place: Place) -> Item:
        item = self._table.items[place[1:]]
        index = call.get("IndexName", "")
        return self._table.indexes[index].entry(item) if index else item

    def _key_names(self, index: str) -> tuple[str, str]:
        if not index:
            return "pk", "sk"
        return self._table.indexes[index].hashed, self._table.indexes[index].ranged

    def _places(self, index: str) -> Callable[..., Iterable[Place]]:
        return self._table.indexes[index].places if index else self._table.places

    def _count(self, operation: str, size: int, *, consistent: bool) -> None:
        units = half_read_units(size, consistent=consistent)
        self._counters.half_read_units[operation] += units


def _after(places: Iterable[Place], start: Place | None, *, backwards: bool) -> Iterable[Place]:
    if start is None:
        return places
    if backwards:
        return (place for place in places if place < start)
    return (place for place in places if place > start)


def _check(operation: str, call: Call) -> None:
    if unknown := set(call) - KNOWN:
        raise NotStubbedError(f"{operation}: found {sorted(unknown)}")
    if call.get("IndexName") and call.get("ConsistentRead"):
        raise ValidationError("Consistent reads are not supported on global secondary indexes")
