"""The tokens of expressions, read from left to right; anything else is refused loudly."""

import re
from collections.abc import Mapping
from typing import Any

from bench.stub.answers import NotStubbedError
from bench.stub.dynamo.values import Value

TOKEN = re.compile(r"\s*(#\w+|:\w+|\w+|<=|>=|=|<|>|[(),.])")
PLACEHOLDER = re.compile(r"#\w+|:\w+")

Path = tuple[str, ...]


class Tokens:
    """`names` and `values` stay placeholders: the same text is read only once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _split(text)
        self._left.reverse()

    @property
    def next(self) -> str:
        return self._left[-1] if self._left else ""

    def take(self, *wanted: str) -> str:
        """Take one token that must be one of those wanted."""
        if self.next not in wanted:
            raise NotStubbedError(f"{self._text!r}: expected {wanted}, found {self.next!r}")
        return self._left.pop()

    def took(self, wanted: str) -> bool:
        if self.next != wanted:
            return False
        self._left.pop()
        return True

    def path(self) -> Path:
        parts = [self._placeholder("#")]
        while self.took("."):
            parts.append(self._placeholder("#"))
        return tuple(parts)

    def value(self) -> str:
        return self._placeholder(":")

    def end(self) -> None:
        if self._left:
            raise NotStubbedError(f"{self._text!r}: expected its end, found {self.next!r}")

    def _placeholder(self, sign: str) -> str:
        if not self.next.startswith(sign):
            raise NotStubbedError(f"{self._text!r}: expected {sign}…, found {self.next!r}")
        return self._left.pop()


class Meanings:
    """What the placeholders of a call stand for."""

    def __init__(self, call: Mapping[str, Any]) -> None:
        self._names: Mapping[str, str] = call.get("ExpressionAttributeNames", {})
        self._values: Mapping[str, Value] = call.get("ExpressionAttributeValues", {})

    def name(self, placeholder: str) -> str:
        return self._names[placeholder]

    def path(self, path: Path) -> list[str]:
        return [self._names[one] for one in path]

    def value(self, placeholder: str) -> Value:
        return self._values[placeholder]

    def unused(self, *texts: str | None) -> set[str]:
        """Return what no expression uses: DynamoDB refuses such a call."""
        used = {one for text in texts if text for one in PLACEHOLDER.findall(text)}
        return {*self._names, *self._values} - used


def _split(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise NotStubbedError(f"{text!r}: expected a token, found {text[at:]!r}")
        found.append(match[1])
        at = match.end()
    return found
