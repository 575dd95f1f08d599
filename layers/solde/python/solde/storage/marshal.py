"""
Items to DynamoDB's attribute values and back: whole numbers are int, others Decimal.

The SDK has serialisers of its own, which ask each value for its type again and again; these do the
same for the types that items hold, in a third of the time.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import DYNAMODB_CONTEXT

from solde.storage.table import Item

Value = Any
"""An attribute value: the SDK's own shape."""


def marshal(value: object) -> Value:
    """
    Return the attribute value.

    Raises:
        TypeError: items hold no such type; a float least of all.
        ArithmeticError: a number with more digits than DynamoDB keeps.

    """
    write = _WRITE.get(type(value)) or _inherited(value)
    return write(value)


# Most of what is stored is text: it is written and read in place, without a call.


def marshal_item(item: Item) -> dict[str, Value]:
    return {
        name: {"S": value} if type(value) is str else marshal(value) for name, value in item.items()
    }


def unmarshal_item(item: dict[str, Value]) -> Item:
    return {name: value["S"] if "S" in value else _read(value) for name, value in item.items()}


def _marshal_list(values: Sequence[object]) -> Value:
    return {"L": [{"S": one} if type(one) is str else marshal(one) for one in values]}


def _read(value: Value) -> Any:  # noqa: ANN401 - what an item holds
    ((kind, body),) = value.items()
    match kind:
        case "S" | "B" | "BOOL":
            return body
        case "N":
            return int(body) if body.lstrip("-").isdigit() else Decimal(body)
        case "L":
            return [one["S"] if "S" in one else _read(one) for one in body]
        case "M":
            return unmarshal_item(body)
        case "NULL":
            return None
        case _:
            raise TypeError(f"item: expected a type that we write, found {kind}")


def _inherited(value: object) -> Callable[[Any], Value]:
    """Find who writes a value of a derived type, such as a tuple with names."""
    for kind, write in _WRITE.items():
        if isinstance(value, kind):
            return write
    raise TypeError(f"item: expected a type that DynamoDB holds, found {type(value).__name__}")


def _number(value: Any) -> Value:  # noqa: ANN401 - an int or a Decimal
    number = DYNAMODB_CONTEXT.create_decimal(value)
    if not number.is_finite():
        raise TypeError(f"item: expected a finite number, found {value}")
    return {"N": f"{number}"}


_WRITE: dict[type, Callable[[Any], Value]] = {
    str: lambda value: {"S": value},
    bool: lambda value: {"BOOL": value},
    int: lambda value: {"N": str(value)} if -SHORT < value < SHORT else _number(value),
    Decimal: _number,
    bytes: lambda value: {"B": value},
    type(None): lambda _value: {"NULL": True},
    list: _marshal_list,
    tuple: _marshal_list,
    dict: lambda value: {"M": marshal_item(value)},
}
SHORT = 10**15
