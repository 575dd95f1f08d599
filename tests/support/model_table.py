"""The table as a model: atomic, indexed, and able to leave out a condition by its name."""

import copy
from collections.abc import Iterator, Sequence

from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Check,
    Condition,
    ConditionFailedError,
    Delete,
    Equals,
    Item,
    ItemExists,
    Key,
    NoItem,
    OneOf,
    Put,
    Refused,
    Update,
    Write,
)


class ModelTable:
    """`off` names guards that are not checked, to see what each of them protects."""

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        self.items: dict[Key, Item] = {}
        self.off = off
        self.writes = 0

    def get(self, key: Key) -> Item | None:
        return copy.deepcopy(self.items.get(key))

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        low, high = first.encode(), None if last is None else last.encode()
        found = sorted(
            key.sk.encode()
            for key in self.items
            if key.pk == pk and key.sk.encode() >= low and (high is None or key.sk.encode() <= high)
        )
        if backwards:
            found.reverse()
        for sk in found[:limit]:
            yield copy.deepcopy(self.items[Key(pk, sk.decode())])

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        rows = [
            (item["due_sk"], key)
            for key, item in self.items.items()
            if item.get("due_pk") == due_pk and item["due_sk"].encode() <= until.encode()
        ]
        for _, key in sorted(rows):
            yield key

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        rows = [
            item
            for item in self.items.values()
            if item.get("list_pk") == list_pk and (below is None or item["list_sk"] < below)
        ]
        rows.sort(key=lambda item: item["list_sk"], reverse=True)
        return copy.deepcopy(rows[:limit])

    def write(self, *writes: Write) -> None:
        assert len({_key(write) for write in writes}) == len(writes), "an item twice in one call"
        assert len(writes) <= 100
        refused = [
            Refused(index, copy.deepcopy(self.items.get(_key(write))))
            for index, write in enumerate(writes)
            if not self._holds(write)
        ]
        if refused:
            raise ConditionFailedError(refused)
        self.writes += 1
        for write in writes:
            self._apply(write)

    def _holds(self, write: Write) -> bool:
        item = self.items.get(_key(write))
        checked = [one for one in write.conditions if one.guard not in self.off]
        return all(_true(one, item) for one in checked)

    def _apply(self, write: Write) -> None:
        match write:
            case Put():
                self.items[write.key] = copy.deepcopy(write.item)
            case Delete():
                self.items.pop(write.key, None)
            case Update():
                item = self.items.setdefault(write.key, {"pk": write.key.pk, "sk": write.key.sk})
                for path, value in write.set.items():
                    *outer, name = path.split(".")
                    _inner(item, outer)[name] = copy.deepcopy(value)
                for path in write.remove:
                    *outer, name = path.split(".")
                    _inner(item, outer).pop(name, None)
            case Check():
                pass


def _key(write: Write) -> Key:
    return write.key


def _inner(item: Item, path: Sequence[str]) -> Item:
    for name in path:
        item = item[name]
    return item


_MISSING = object()


def _value(item: Item | None, path: str) -> object:
    found: object = item
    for name in path.split("."):
        if not isinstance(found, dict) or name not in found:
            return _MISSING
        found = found[name]
    return found


def _true(condition: Condition, item: Item | None) -> bool:
    match condition:
        case NoItem():
            return item is None
        case ItemExists():
            return item is not None
        case Absent():
            return _value(item, condition.name) is _MISSING
        case Equals():
            return _value(item, condition.name) == condition.value
        case OneOf():
            return _value(item, condition.name) in condition.values
        case AtMost():
            value = _value(item, condition.name)
            return value is not _MISSING and value <= condition.value  # type: ignore[operator]
        case Below():
            value = _value(item, condition.name)
            return value is _MISSING or value < condition.value  # type: ignore[operator]
