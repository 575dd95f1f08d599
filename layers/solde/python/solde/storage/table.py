"""
The one table as storage sees it: keys, conditions that carry the name of what they guard, writes.

Two implementations exist: `storage.dynamo` and the model in `tests/support`, which crashes, loses
replies and can leave out a condition by its name to show what that condition is for.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

Item = dict[str, Any]

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
"""What a list shows of an item besides its keys: the index holds nothing else."""


class Key(NamedTuple):
    pk: str
    sk: str


@dataclass(frozen=True, slots=True)
class NoItem:
    """No item lies under the key yet."""

    guard: str = "new"


@dataclass(frozen=True, slots=True)
class ItemExists:
    guard: str = "exists"


@dataclass(frozen=True, slots=True)
class Absent:
    name: str
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Equals:
    name: str
    value: Any
    guard: str = ""


@dataclass(frozen=True, slots=True)
class AtMost:
    """The stored value is not above `value`."""

    name: str
    value: Any
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Below:
    """The stored value is absent or below `value`."""

    name: str
    value: Any
    guard: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    name: str
    values: tuple[Any, ...]
    guard: str = ""


Condition = NoItem | ItemExists | Absent | Equals | AtMost | Below | OneOf


@dataclass(frozen=True, slots=True)
class Put:
    item: Item
    conditions: tuple[Condition, ...] = ()

    @property
    def key(self) -> Key:
        return Key(self.item["pk"], self.item["sk"])


@dataclass(frozen=True, slots=True)
class Update:
    """Set and remove whole attributes; `a.b` names an entry of a map. There is no ADD."""

    key: Key
    set: Mapping[str, Any] = field(default_factory=dict)
    remove: Sequence[str] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Delete:
    key: Key
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on an item that the transaction does not write."""

    key: Key
    conditions: tuple[Condition, ...]


Write = Put | Update | Delete | Check


@dataclass(frozen=True, slots=True)
class Refused:
    """Which write of the call was refused, and the item that refused it, as stored."""

    index: int
    stored: Item | None


class ConditionFailedError(Exception):
    """The table holds something else than was presumed; nothing of the call was written."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        super().__init__(f"conditions failed for writes {[one.index for one in refused]}")
        self.refused = tuple(refused)

    def at(self, index: int) -> Refused | None:
        return next((one for one in self.refused if one.index == index), None)


class Table(Protocol):
    def get(self, key: Key) -> Item | None:
        """Read one item, consistently."""
        ...

    def get_many(self, keys: Collection[Key]) -> dict[Key, Item]:
        """Read items, consistently; those that do not exist are left out."""
        ...

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        """Read a range of one partition, consistently; `first` and `last` are included."""
        ...

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        """Find candidates whose `due_sk` is not above `until`; eventually consistent."""
        ...

    def due_in(self, shards: Sequence[str], until: str) -> list[Key]:
        """Find what `due` finds in several partitions, in their order; they are asked at once."""
        ...

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        """One page of a list, newest first: entries with `list_sk` strictly below `below`."""
        ...

    def prepared(self, *writes: Write) -> Callable[[], None]:
        """Return what `write` does, made ready to be done: many are, one after the other."""
        ...

    def write(self, *writes: Write) -> None:
        """
        Write all or nothing: one write as a conditional call, several as one transaction.

        Raises:
            ConditionFailedError: a condition did not hold; nothing was written.
            StoreUnavailableError: no answer, or too many conflicts: repeat it.

        """
        ...
