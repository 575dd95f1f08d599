"""Attribute values as they go over the wire: their order, their equality, their size."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Value = Mapping[str, Any]
Item = dict[str, Value]

CONTAINER = 3
"""Bytes that a list or map costs besides its contents; each entry costs one more."""


def kind_of(value: Value) -> str:
    (kind,) = value
    return kind


def ordered(value: Value) -> str | Decimal | None:
    """Return what a value is compared by; None for types that have no order here."""
    ((kind, body),) = value.items()
    if kind == "N":
        return Decimal(body)
    return str(body) if kind == "S" else None


def equal(one: Value, other: Value) -> bool:
    """Numbers are equal by value, inside of lists and maps too; different types never are."""
    ((kind, body),) = one.items()
    ((other_kind, other_body),) = other.items()
    if kind != other_kind:
        return False
    match kind:
        case "N":
            return Decimal(body) == Decimal(other_body)
        case "L":
            return len(body) == len(other_body) and all(map(equal, body, other_body))
        case "M":
            return body.keys() == other_body.keys() and all(
                equal(value, other_body[name]) for name, value in body.items()
            )
        case _:
            return bool(body == other_body)


def normal(value: Value) -> Value:
    """Return a value as it is stored: a number as short as it can be written."""
    ((kind, body),) = value.items()
    match kind:
        case "N":
            number = Decimal(body).normalize()
            return {"N": f"{number:f}" if number else "0"}
        case "L":
            return {"L": [normal(one) for one in body]}
        case "M":
            return {"M": {name: normal(one) for name, one in body.items()}}
        case _:
            return value


def item_size(item: Mapping[str, Value]) -> int:
    """Return the size by which DynamoDB bills: UTF-8 bytes of names plus their values."""
    return sum(_text(name) + size(value) for name, value in item.items())


def size(value: Value) -> int:
    ((kind, body),) = value.items()
    match kind:
        case "S":
            return _text(body)
        case "N":
            return _number(body)
        case "B":
            text = str(body)
            return len(text) * 3 // 4 - text.count("=")
        case "L":
            return CONTAINER + sum(1 + size(one) for one in body)
        case "M":
            return CONTAINER + len(body) + item_size(body)
        case "BOOL" | "NULL":
            return 1
        case _:
            return sum(size({kind[0]: one}) for one in body)


def _text(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _number(text: str) -> int:
    """One byte for two significant digits and one more; a sign costs a byte too."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return (len(digits) + 1) // 2 + 1 + text.startswith("-")
