"""The table as a model: atomic, indexed, and able to leave out a condition by its name."""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import partial

from solde.storage.table import (
    LISTED,
    Check,
    ConditionFailedError,
    Delete,
    Item,
    Key,
    Put,
    Refused,
    Update,
    Write,
)
from tests.support.conditions import holds

LIST_ENTRY = frozenset({"pk", "sk", "list_pk", "list_sk", *LISTED})
TRANSACTION_WRITES = 100


class ModelTable:
    """`off` names guards that are not checked, to see what each of them protects."""

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        self.items: dict[Key, Item] = {}
        self.off = off
        self.writes = 0

    def get(self, key: Key) -> Item | None:
        return _copied(self.items.get(key))

    def get_many(self, keys: Collection[Key]) -> dict[Key, Item]:
        return {key: _copied(self.items[key]) for key in keys if key in self.items}

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        # Characters sort by their code points, and so do their UTF-8 bytes, as DynamoDB has it.
        found = sorted(
            key.sk
            for key in self.items
            if key.pk == pk and key.sk >= first and (last is None or key.sk <= last)
        )
        if backwards:
            found.reverse()
        return iter([_copied(self.items[Key(pk, sk)]) for sk in found[:limit]])

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        rows = [
            (item["due_sk"], key)
            for key, item in self.items.items()
            if item.get("due_pk") == due_pk and "due_sk" in item and item["due_sk"] <= until
        ]
        for _, key in sorted(rows):
            yield key

    def due_in(self, shards: Sequence[str], until: str) -> list[Key]:
        return [key for one in shards for key in self.due(one, until)]

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        rows = [
            {name: value for name, value in item.items() if name in LIST_ENTRY}
            for item in self.items.values()
            if item.get("list_pk") == list_pk
            and "list_sk" in item
            and (below is None or item["list_sk"] < below)
        ]
        rows.sort(key=lambda row: (row["list_sk"], row["pk"], row["sk"]), reverse=True)
        return [_copied(row) for row in rows[:limit]]

    def scan(self) -> Iterator[Item]:
        yield from [_copied(item) for item in self.items.values()]

    def prepared(self, *writes: Write) -> Callable[[], None]:
        return partial(self.write, *writes)

    def write(self, *writes: Write) -> None:
        keys = [write.key for write in writes]
        if len(set(keys)) != len(keys):
            raise ValueError(f"expected each item once in a call, found {keys}")
        if len(writes) > TRANSACTION_WRITES:
            raise ValueError(f"expected at most {TRANSACTION_WRITES} writes, found {len(writes)}")
        refused = [
            Refused(index, _copied(self.items.get(write.key)))
            for index, write in enumerate(writes)
            if not holds(write.conditions, self.items.get(write.key), self.off)
        ]
        if refused:
            raise ConditionFailedError(refused)
        self.writes += 1
        # Everything is worked out before anything is kept: a bad write leaves nothing behind.
        for key, item in [(write.key, self._after(write)) for write in writes]:
            if item is None:
                self.items.pop(key, None)
            else:
                self.items[key] = item

    def _after(self, write: Write) -> Item | None:
        match write:
            case Put():
                return _valid(_copied(write.item))
            case Delete():
                return None
            case Check():
                return self.items.get(write.key)
            case Update():
                item = _copied(self.items.get(write.key)) or write.key._asdict()
                return _valid(_updated(item, write))


def _updated(item: Item, update: Update) -> Item:
    if not (update.set or update.remove):
        raise ValueError(f"{update.key}: expected something to set or to remove")
    for path, value in update.set.items():
        *outer, name = path.split(".")
        _inner(item, outer)[name] = _copied(value)
    for path in update.remove:
        *outer, name = path.split(".")
        _inner(item, outer).pop(name, None)
    return item


def _inner(item: Item, path: list[str]) -> Item:
    """Return the map to write in; DynamoDB makes none on the way, and raises likewise."""
    for name in path:
        item = item[name]
    return item


def _valid(item: Item) -> Item:
    """Refuse keys that DynamoDB would: those of the table and of its indexes are text."""
    for name in ("pk", "sk", "due_pk", "due_sk", "list_pk", "list_sk"):
        value = item.get(name, "absent")
        if not isinstance(value, str) or not value:
            raise ValueError(f"{name}: expected text, found {value!r}")
    return item


def _copied(value):
    """Copy as DynamoDB hands out: tuples come back as lists, whole numbers as int."""
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(one) for one in value]
    if isinstance(value, float):
        raise TypeError(f"expected no float, found {value!r}")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value
