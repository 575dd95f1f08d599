"""The value of a formula for given inputs: exact, and never anything but a number."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.expressions.tree import (
    Choice,
    Comparison,
    Condition,
    Expression,
    Junction,
    Name,
    Negation,
    Number,
    Operation,
)
from solde.domain.money import Rounding, rounded_to

MOST_DECIMALS = 12


def _divided(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise InvalidError("formula: expected a divisor other than 0")
    return left / right


def _rounded(left: Fraction, right: Fraction) -> Fraction:
    if right.denominator != 1 or not 0 <= right <= MOST_DECIMALS:
        raise InvalidError(f"round: expected 0 to {MOST_DECIMALS} decimals, found {right}")
    return Fraction(rounded_to(left, int(right), Rounding.HALF_AWAY))


OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divided,
    "min": min,
    "max": max,
    "round": _rounded,
}
COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def evaluate(tree: Expression, inputs: Mapping[str, Fraction]) -> Fraction:
    """
    Return the exact value.

    Raises:
        InvalidError: an input is missing, a division by zero, or decimals out of range.

    """
    match tree:
        case Number(value):
            return Fraction(value)
        case Name(name):
            if name not in inputs:
                raise InvalidError(f"formula: expected a value for {name}, found none")
            return inputs[name]
        case Operation(operator, left, right):
            return OPERATIONS[operator](evaluate(left, inputs), evaluate(right, inputs))
        case Choice(condition, then, otherwise):
            return evaluate(then if holds(condition, inputs) else otherwise, inputs)


def holds(tree: Condition, inputs: Mapping[str, Fraction]) -> bool:
    match tree:
        case Comparison(operator, left, right):
            return COMPARISONS[operator](evaluate(left, inputs), evaluate(right, inputs))
        case Junction("and", parts):
            return all(holds(part, inputs) for part in parts)
        case Junction(_, parts):
            return any(holds(part, inputs) for part in parts)
        case Negation(part):
            return not holds(part, inputs)
