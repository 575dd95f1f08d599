"""Structured conditions and updates as DynamoDB expressions; every name is a placeholder."""

from collections.abc import Sequence
from typing import Any, assert_never

from solde.storage.marshal import marshal
from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Condition,
    Equals,
    ItemExists,
    NoItem,
    OneOf,
    Update,
)


class Expression:
    """Collects the names and values of one call's expressions."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def name(self, path: str) -> str:
        """Return the placeholder of an attribute; `a.b` is an entry of a map."""
        if "." in path:
            return ".".join([self._placeholder(part) for part in path.split(".")])
        return self._placeholder(path)

    def _placeholder(self, name: str) -> str:
        return self._names.setdefault(name, f"#{len(self._names)}")

    def value(self, value: object) -> str:
        placeholder = f":{len(self._values)}"
        self._values[placeholder] = {"S": value} if type(value) is str else marshal(value)
        return placeholder

    def partition(self, name: str, value: str) -> str:
        return f"{self.name(name)} = {self.value(value)}"

    def between(self, name: str, first: str, last: str | None) -> str:
        """Return the rest of a key condition: from `first` to `last`, each if there is one."""
        if first and last is not None:
            return f" AND {self.name(name)} BETWEEN {self.value(first)} AND {self.value(last)}"
        if last is not None:
            return f" AND {self.name(name)} <= {self.value(last)}"
        return f" AND {self.name(name)} >= {self.value(first)}" if first else ""

    def condition(self, conditions: Sequence[Condition]) -> str:
        return " AND ".join(self._one(condition) for condition in conditions)

    def update(self, update: Update) -> str:
        clauses = []
        if update.set:
            sets = [f"{self.name(path)} = {self.value(to)}" for path, to in update.set.items()]
            clauses.append("SET " + ", ".join(sets))
        if update.remove:
            clauses.append("REMOVE " + ", ".join(self.name(path) for path in update.remove))
        return " ".join(clauses)

    def arguments(self) -> dict[str, Any]:
        """Return what the call needs besides its expressions; empty maps are an error there."""
        found: dict[str, Any] = {}
        if self._names:
            found["ExpressionAttributeNames"] = {
                placeholder: name for name, placeholder in self._names.items()
            }
        if self._values:
            found["ExpressionAttributeValues"] = self._values
        return found

    def _one(self, condition: Condition) -> str:
        match condition:
            case NoItem():
                return f"attribute_not_exists({self.name('pk')})"
            case ItemExists():
                return f"attribute_exists({self.name('pk')})"
            case Absent():
                return f"attribute_not_exists({self.name(condition.name)})"
            case Equals():
                return f"{self.name(condition.name)} = {self.value(condition.value)}"
            case AtMost():
                return f"{self.name(condition.name)} <= {self.value(condition.value)}"
            case Below():
                name = self.name(condition.name)
                return f"(attribute_not_exists({name}) OR {name} < {self.value(condition.value)})"
            case OneOf():
                values = ", ".join(self.value(value) for value in condition.values)
                return f"{self.name(condition.name)} IN ({values})"
            case _:
                assert_never(condition)
