"""How big an item is to DynamoDB, so that one too big is refused before the call, by name."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from solde.domain.errors import SoldeError

ITEM_BYTES = 400 * 1024
TRANSACTION_BYTES = 4 * 1024 * 1024
SMALL_BYTES = TRANSACTION_BYTES // 100
"""A hundred calls of that size are no transaction above the limit."""
NESTED = 3
"""What a list or map costs besides its contents, of which each entry costs one more."""


class ItemTooLargeError(SoldeError):
    """More than an item, or all items of a transaction, may hold; nothing was written."""

    code = "item_too_large"


def check_sizes(calls: Sequence[Mapping[str, Any]]) -> None:
    """
    Check what a call brings along: DynamoDB checks what an update makes of it.

    Nearly all are far below, which a bound tells at a glance.

    Raises:
        ItemTooLargeError: an item above 400 KB, or a transaction above 4 MB.

    """
    if all(map(_small, calls)):
        return
    total = 0
    for call in calls:
        size = _brought(call)
        total += size
        if size > ITEM_BYTES:
            where = call.get("Key") or {name: call["Item"][name] for name in ("pk", "sk")}
            raise ItemTooLargeError(f"item {where}: expected {ITEM_BYTES} bytes, found {size}")
    if total > TRANSACTION_BYTES:
        raise ItemTooLargeError(f"write: expected {TRANSACTION_BYTES} bytes, found {total}")


def item_size(item: Mapping[str, Any]) -> int:
    """Return the bytes of an item given as attribute values: names and values both count."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _small(call: Mapping[str, Any]) -> bool:
    """Tell whether the call as JSON is small: it has all that counts, and quotes besides."""
    try:
        return len(orjson.dumps(call)) <= SMALL_BYTES
    except orjson.JSONEncodeError:
        return False  # it holds bytes, which JSON has no form for


def _brought(call: Mapping[str, Any]) -> int:
    if "Item" in call:
        return item_size(call["Item"])
    return sum(_size(value) for value in call.get("ExpressionAttributeValues", {}).values())


def _size(value: Mapping[str, Any]) -> int:
    ((kind, body),) = value.items()
    match kind:
        case "S":
            return len(body.encode())
        case "N":
            return len(body.strip("-0.")) // 2 + 2
        case "B":
            return len(body)
        case "L":
            return NESTED + sum(1 + _size(one) for one in body)
        case "M":
            return NESTED + len(body) + item_size(body)
        case _:
            return 1
