"""Is what the engine answers what the vector expects? Amounts as numbers, only what is listed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any


class AnyOrder(list[Any]):
    """Rows whose order says nothing."""


def same(found: Any, expected: Any) -> bool:
    if isinstance(expected, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and same(found[name], value) for name, value in expected.items()
        )
    if isinstance(found, AnyOrder):
        return len(found) == len(expected) and all(
            any(same(one, other) for one in found) for other in expected
        )
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return (
            isinstance(found, Sequence)
            and not isinstance(found, str)
            and len(found) == len(expected)
            and all(same(one, other) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(expected, bool) or expected is None:
        return found is expected
    left, right = _number(found), _number(expected)
    if left is not None and right is not None:
        return left == right
    return str(found) == str(expected)


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Fraction(value) if isinstance(value, Fraction | int) else Fraction(Decimal(value))
    except (InvalidOperation, TypeError, ValueError):
        return _ratio(str(value))


def _ratio(text: str) -> Fraction | None:
    above, mark, below = text.partition("/")
    if mark and above.lstrip("-").isdigit() and below.isdigit():
        return Fraction(int(above), int(below))
    return None
