"""Update expressions: SET of values and REMOVE of paths; no ADD, no arithmetic, no functions."""

from functools import lru_cache
from itertools import pairwise

from bench.stub.answers import NotStubbedError
from bench.stub.dynamo.errors import ValidationError
from bench.stub.dynamo.grammar import Meanings, Path, Tokens
from bench.stub.dynamo.values import Item, Value, normal

Clauses = tuple[tuple[tuple[Path, str], ...], tuple[Path, ...]]


@lru_cache(maxsize=1_000)
def clauses(text: str) -> Clauses:
    """Return what is set to which value, and what is removed."""
    tokens = Tokens(text)
    sets: list[tuple[Path, str]] = []
    removes: list[Path] = []
    while tokens.next:
        if tokens.take("SET", "REMOVE") == "SET":
            sets.append(_set(tokens))
            while tokens.took(","):
                sets.append(_set(tokens))
        else:
            removes.append(tokens.path())
            while tokens.took(","):
                removes.append(tokens.path())
    if not (sets or removes):
        raise NotStubbedError("UpdateExpression: expected SET or REMOVE, found nothing")
    return tuple(sets), tuple(removes)


def updated(item: Item, text: str, said: Meanings) -> Item:
    """Return a new item; maps on the way to what changes are copied, the rest is shared."""
    sets, removes = clauses(text)
    paths = [said.path(path) for path, _ in sets] + [said.path(path) for path in removes]
    _never_twice(paths)
    after = dict(item)
    for path, value in sets:
        *outer, name = said.path(path)
        _map_at(after, outer)[name] = normal(said.value(value))
    for path in removes:
        *outer, name = said.path(path)
        _map_at(after, outer).pop(name, None)
    return after


def _set(tokens: Tokens) -> tuple[Path, str]:
    path = tokens.path()
    tokens.take("=")
    return path, tokens.value()


def _map_at(item: Item, path: list[str]) -> Item:
    for name in path:
        value: Value = item.get(name, {})
        if "M" not in value:
            raise ValidationError("The document path provided in the update expression is invalid")
        inner: Item = dict(value["M"])
        item[name] = {"M": inner}
        item = inner
    return item


def _never_twice(paths: list[list[str]]) -> None:
    paths = sorted(paths)
    for one, other in pairwise(paths):
        if other[: len(one)] == one:
            raise ValidationError(f"Two document paths overlap with each other: {one} {other}")
