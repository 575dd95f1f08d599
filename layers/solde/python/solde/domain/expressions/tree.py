"""What a formula is made of; a condition is a tree of its own kind, so 1 + (a > b) cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A declared input."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`operator` is one of + - * / min max round (to a number of decimals)."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Choice:
    condition: "Condition"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is one of < <= > >= == !=."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Junction:
    """`operator` is `and` or `or`."""

    operator: str
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    part: "Condition"


Expression = Number | Name | Operation | Choice
Condition = Comparison | Junction | Negation


def names(tree: Expression | Condition) -> Iterator[str]:
    """Yield the inputs that a tree asks for."""
    if isinstance(tree, Name):
        yield tree.name
    for part in _parts(tree):
        yield from names(part)


def _parts(tree: Expression | Condition) -> tuple[Expression | Condition, ...]:
    match tree:
        case Operation(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case Junction(_, parts):
            return parts
        case Negation(part):
            return (part,)
        case Number() | Name():
            return ()
