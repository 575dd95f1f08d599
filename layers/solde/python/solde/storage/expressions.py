"""
Structured conditions and updates as DynamoDB expressions; every name is a placeholder.

The writes of a program have few shapes: which paths, removals and conditions. Their texts are made
once a shape; each write then brings its values alone.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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
)

SHAPES = 1024


class Asked(NamedTuple):
    """What a condition says but for its values, which are so many."""

    kind: type[Condition]
    name: str
    values: int


class Expression:
    """Collects the names and values of one call's expressions."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def name(self, path: str) -> str:
        """Return the placeholder of an attribute; `a.b` is an entry of a map."""
        parts = [self._names.setdefault(one, f"#{len(self._names)}") for one in path.split(".")]
        return ".".join(parts)

    def value(self, value: object) -> str:
        placeholder = f":{len(self._values)}"
        self._values[placeholder] = marshal(value)
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


def range_of(pk: str, first: str, last: str | None) -> dict[str, Any]:
    """Return the key condition of a query for a range of a partition, with names and values."""
    values = [{"S": one} for one in (pk, first, last) if one]
    found = _range(bool(first), last is not None).copy()
    found["ExpressionAttributeValues"] = dict(zip((":0", ":1", ":2"), values, strict=False))
    return found


@lru_cache(maxsize=4)
def _range(from_first: bool, to_last: bool) -> dict[str, Any]:  # noqa: FBT001 - a cache's key
    said = Expression()
    text = said.partition("pk", "")
    text += said.between("sk", "first" if from_first else "", "last" if to_last else None)
    names = said.arguments()["ExpressionAttributeNames"]
    return {"KeyConditionExpression": text, "ExpressionAttributeNames": names}


def arguments_of(
    conditions: Sequence[Condition], sets: Mapping[str, Any], removed: Sequence[str]
) -> dict[str, Any]:
    """Return the arguments of a write: its expressions, with their names and values."""
    asked: list[Asked] = []
    values = list(sets.values())
    for one in conditions:
        match one:
            case Equals() | AtMost() | Below():
                asked.append(Asked(type(one), one.name, 1))
                values.append(one.value)
            case OneOf():
                asked.append(Asked(OneOf, one.name, len(one.values)))
                values += one.values
            case Absent():
                asked.append(Asked(Absent, one.name, 0))
            case NoItem() | ItemExists():
                asked.append(Asked(type(one), "pk", 0))
    texts, placeholders = _texts(tuple(sets), tuple(removed), tuple(asked))
    found = texts.copy()
    if values:
        found["ExpressionAttributeValues"] = {
            placeholder: {"S": value} if type(value) is str else marshal(value)
            for placeholder, value in zip(placeholders, values, strict=True)
        }
    return found


@lru_cache(maxsize=SHAPES)
def _texts(
    paths: Sequence[str], removed: Sequence[str], asked: Sequence[Asked]
) -> tuple[dict[str, Any], Sequence[str]]:
    """Return the expressions of a shape with their names, and the placeholders of its values."""
    said = Expression()
    clauses = []
    if paths:
        clauses.append("SET " + ", ".join([f"{said.name(one)} = {said.value(0)}" for one in paths]))
    if removed:
        clauses.append("REMOVE " + ", ".join([said.name(one) for one in removed]))
    found: dict[str, Any] = {}
    if clauses:
        found["UpdateExpression"] = " ".join(clauses)
    if asked:
        found["ConditionExpression"] = " AND ".join([_condition(said, one) for one in asked])
    named = said.arguments()
    placeholders = tuple(named.pop("ExpressionAttributeValues", ()))
    return found | named, placeholders


def _condition(said: Expression, asked: Asked) -> str:
    name = said.name(asked.name)
    values = [said.value(0) for _ in range(asked.values)]
    texts: dict[type[Condition], str] = {
        NoItem: f"attribute_not_exists({name})",
        ItemExists: f"attribute_exists({name})",
        Absent: f"attribute_not_exists({name})",
        Equals: f"{name} = {''.join(values)}",
        AtMost: f"{name} <= {''.join(values)}",
        Below: f"(attribute_not_exists({name}) OR {name} < {''.join(values)})",
        OneOf: f"{name} IN ({', '.join(values)})",
    }
    return texts[asked.kind]
