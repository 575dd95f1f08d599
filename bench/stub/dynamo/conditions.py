"""Condition expressions: the grammar that the product uses, and nothing more."""

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from bench.stub.dynamo.grammar import Meanings, Path, Tokens
from bench.stub.dynamo.values import Item, Value, equal, kind_of, ordered

Condition = Callable[[Item, Meanings], bool]
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@lru_cache(maxsize=1_000)
def condition(text: str) -> Condition:
    """Return the test that a condition expression is; of no item it sees an empty one."""
    tokens = Tokens(text)
    test = _any(tokens)
    tokens.end()
    return test


def found_at(item: Item, path: list[str]) -> Value | None:
    value = item.get(path[0])
    for name in path[1:]:
        value = value["M"].get(name) if value and "M" in value else None
    return value


def _any(tokens: Tokens) -> Condition:
    tests = [_all(tokens)]
    while tokens.took("OR"):
        tests.append(_all(tokens))
    if len(tests) == 1:
        return tests[0]
    return lambda item, said: any(test(item, said) for test in tests)


def _all(tokens: Tokens) -> Condition:
    tests = [_one(tokens)]
    while tokens.took("AND"):
        tests.append(_one(tokens))
    if len(tests) == 1:
        return tests[0]
    return lambda item, said: all(test(item, said) for test in tests)


def _one(tokens: Tokens) -> Condition:
    if tokens.took("("):
        inner = _any(tokens)
        tokens.take(")")
        return inner
    if tokens.next in ("attribute_exists", "attribute_not_exists"):
        return _presence(tokens)
    path = tokens.path()
    if tokens.took("IN"):
        return _one_of(path, tokens)
    sign = tokens.take("=", *ORDER)
    value = tokens.value()
    return _equals(path, value) if sign == "=" else _compares(path, sign, value)


def _presence(tokens: Tokens) -> Condition:
    wanted = tokens.take("attribute_exists", "attribute_not_exists") == "attribute_exists"
    tokens.take("(")
    path = tokens.path()
    tokens.take(")")
    return lambda item, said: (found_at(item, said.path(path)) is not None) is wanted


def _one_of(path: Path, tokens: Tokens) -> Condition:
    tokens.take("(")
    tests = [_equals(path, tokens.value())]
    while tokens.took(","):
        tests.append(_equals(path, tokens.value()))
    tokens.take(")")
    return lambda item, said: any(test(item, said) for test in tests)


def _equals(path: Path, value: str) -> Condition:
    def holds(item: Item, said: Meanings) -> bool:
        stored = found_at(item, said.path(path))
        return stored is not None and equal(stored, said.value(value))

    return holds


def _compares(path: Path, sign: str, value: str) -> Condition:
    compare = ORDER[sign]

    def holds(item: Item, said: Meanings) -> bool:
        stored, wanted = found_at(item, said.path(path)), said.value(value)
        if stored is None or kind_of(stored) != kind_of(wanted):
            return False
        one, other = ordered(stored), ordered(wanted)
        return one is not None and compare(one, other)

    return holds
