"""Conditions as DynamoDB judges them: an absent attribute fulfils nothing, types never mix."""

from collections.abc import Sequence
from decimal import Decimal

from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Condition,
    Equals,
    Item,
    ItemExists,
    NoItem,
    OneOf,
)

_MISSING = object()


def holds(conditions: Sequence[Condition], item: Item | None, off: frozenset[str]) -> bool:
    """Say whether all hold; those whose guard is switched off are not looked at."""
    return all(_true(one, item) for one in conditions if one.guard not in off)


def _true(condition: Condition, item: Item | None) -> bool:
    match condition:
        case NoItem():
            return item is None
        case ItemExists():
            return item is not None
        case Absent():
            return _value(item, condition.name) is _MISSING
        case Equals():
            return _equal(_value(item, condition.name), condition.value)
        case OneOf():
            value = _value(item, condition.name)
            return any(_equal(value, one) for one in condition.values)
        case AtMost():
            value = _value(item, condition.name)
            return _comparable(value, condition.value) and value <= condition.value
        case Below():
            value = _value(item, condition.name)
            return value is _MISSING or (
                _comparable(value, condition.value) and value < condition.value
            )


def _value(item: Item | None, path: str):
    found: object = item
    for name in path.split("."):
        if not isinstance(found, dict) or name not in found:
            return _MISSING
        found = found[name]
    return found


def _equal(stored: object, wanted: object) -> bool:
    wanted = list(wanted) if isinstance(wanted, tuple) else wanted
    return _kind(stored) is _kind(wanted) and stored == wanted


def _comparable(stored: object, wanted: object) -> bool:
    return _kind(stored) is _kind(wanted) and _kind(stored) in (str, Decimal, bytes)


def _kind(value: object) -> type:
    """Numbers are one type to DynamoDB, and true is no number."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal
    return type(value)
