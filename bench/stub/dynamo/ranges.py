"""Key conditions: one partition, and a range of its sort keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bench.stub.dynamo.grammar import Meanings, Tokens

Within = Callable[[str, Meanings], bool]


@dataclass(frozen=True, slots=True)
class KeyCondition:
    """The placeholders of the key attributes named, of the partition's value, and the range."""

    names: tuple[str, ...]
    value: str
    holds: Within


@lru_cache(maxsize=1_000)
def key_condition(text: str) -> KeyCondition:
    tokens = Tokens(text)
    (hashed,) = tokens.path()
    tokens.take("=")
    value = tokens.value()
    if not tokens.took("AND"):
        tokens.end()
        return KeyCondition((hashed,), value, lambda _sk, _said: True)
    ranged, within = _begins_with(tokens) if tokens.next == "begins_with" else _range(tokens)
    tokens.end()
    return KeyCondition((hashed, ranged), value, within)


def _begins_with(tokens: Tokens) -> tuple[str, Within]:
    tokens.take("begins_with")
    tokens.take("(")
    (ranged,) = tokens.path()
    tokens.take(",")
    prefix = tokens.value()
    tokens.take(")")
    return ranged, lambda sk, said: sk.startswith(_text(said, prefix))


def _range(tokens: Tokens) -> tuple[str, Within]:
    (ranged,) = tokens.path()
    sign = tokens.take("=", "<", "<=", ">", ">=", "BETWEEN")
    one = tokens.value()
    if sign != "BETWEEN":
        return ranged, _compared(sign, one)
    tokens.take("AND")
    other = tokens.value()
    return ranged, lambda sk, said: _text(said, one) <= sk <= _text(said, other)


def _compared(sign: str, value: str) -> Within:
    tests: dict[str, Within] = {
        "=": lambda sk, said: sk == _text(said, value),
        "<": lambda sk, said: sk < _text(said, value),
        "<=": lambda sk, said: sk <= _text(said, value),
        ">": lambda sk, said: sk > _text(said, value),
        ">=": lambda sk, said: sk >= _text(said, value),
    }
    return tests[sign]


def _text(said: Meanings, placeholder: str) -> str:
    return str(said.value(placeholder)["S"])
