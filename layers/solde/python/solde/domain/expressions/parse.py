"""
Read a formula: `if(weight > 10 and not zone == 3, 4.50 * weight, max(12, 5 * weight))`.

Operators bind as in arithmetic; `if`, `min`, `max` and `round` are the only functions.
"""

import re
from collections.abc import Callable
from decimal import Decimal

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

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,18}(?:\.\d{1,12})?)|(?P<name>[a-z_][a-z0-9_]{0,39})"
    r"|(?P<mark><=|>=|==|!=|[-+*/(),<>]))",
    re.ASCII,
)
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
FUNCTIONS = ("min", "max", "round")
LONGEST, DEEPEST = 1_000, 40


def parse(text: str) -> Expression:
    """
    Return the tree of a formula.

    Raises:
        InvalidError: it is none; the message gives the place, what was expected and found.

    """
    reader = _Reader(text)
    tree = reader.sum()
    reader.expect("")
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise InvalidError(f"formula: expected at most {LONGEST} signs, found {len(text)}")
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at][1]

    def expect(self, *marks: str) -> str:
        place, found = self.tokens[self.at]
        if found not in marks:
            wanted = " or ".join(mark or "the end" for mark in marks)
            raise InvalidError(f"formula: expected {wanted} at {place}, found {found or 'the end'}")
        self.at += 1
        return found

    def accept(self, *marks: str) -> str:
        return self.expect(*marks) if self.next in marks and self.next else ""

    def sum(self) -> Expression:
        return self._left(self.product, "+", "-")

    def product(self) -> Expression:
        return self._left(self.factor, "*", "/")

    def _left(self, part: Callable[[], Expression], *operators: str) -> Expression:
        tree = part()
        while operator := self.accept(*operators):
            tree = Operation(operator, tree, part())
        return tree

    def factor(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise InvalidError(f"formula: expected at most {DEEPEST} levels")
        try:
            return self._factor()
        finally:
            self.depth -= 1

    def _factor(self) -> Expression:
        if self.accept("-"):
            return Operation("-", Number(Decimal(0)), self.factor())
        if self.accept("("):
            tree = self.sum()
            self.expect(")")
            return tree
        if self.accept("if"):
            return self._choice()
        if function := self.accept(*FUNCTIONS):
            self.expect("(")
            left = self.sum()
            self.expect(",")
            right = self.sum()
            self.expect(")")
            return Operation(function, left, right)
        return self._leaf()

    def _leaf(self) -> Expression:
        place, found = self.tokens[self.at]
        if found[:1].isdigit():
            self.at += 1
            return Number(Decimal(found))
        if not found.isidentifier() or found in ("and", "or", "not"):
            found = found or "the end"
            raise InvalidError(f"formula: expected a number or a name at {place}, found {found}")
        self.at += 1
        return Name(found)

    def _choice(self) -> Expression:
        self.expect("(")
        condition = self.condition()
        self.expect(",")
        then = self.sum()
        self.expect(",")
        otherwise = self.sum()
        self.expect(")")
        return Choice(condition, then, otherwise)

    def condition(self) -> Condition:
        return self._joined("or", lambda: self._joined("and", self._negation))

    def _joined(self, operator: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.accept(operator):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(operator, tuple(parts))

    def _negation(self) -> Condition:
        if self.accept("not"):
            return Negation(self._negation())
        left = self.sum()
        return Comparison(self.expect(*COMPARISONS), left, self.sum())


def _tokens(text: str) -> list[tuple[int, str]]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        token = TOKEN.match(text, at)
        if token is None:
            raise InvalidError(f"formula: expected a number, a name or a sign at {at + 1}")
        found.append((token.start(token.lastgroup or 0) + 1, token[token.lastgroup or 0]))
        at = token.end()
    return [*found, (end + 1, "")]
