"""Partials that compare: the largest value, and the latest one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from solde.domain.usage.exact import plain


@dataclass(slots=True)
class Max:
    """`largest` means nothing while there is no event."""

    events: int = 0
    largest: Decimal = Decimal(0)

    def add(self, value: Decimal, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        if not self.events or value > self.largest:
            self.largest = value
        self.events += 1

    def absorb(self, other: "Max") -> None:
        if other.events and (not self.events or other.largest > self.largest):
            self.largest = other.largest
        self.events += other.events

    def to_json(self) -> list[Any]:
        return ["max", self.events, plain(self.largest)]


@dataclass(slots=True)
class Latest:
    """Of two values at one instant, the one whose event has the greater identity counts."""

    events: int = 0
    at_us: int = 0
    tie: str = ""
    value: Decimal = Decimal(0)

    def add(self, value: Decimal, at_us: int, tie: str) -> None:
        if not self.events or (at_us, tie) > (self.at_us, self.tie):
            self.at_us, self.tie, self.value = at_us, tie, value
        self.events += 1

    def absorb(self, other: "Latest") -> None:
        if other.events and (not self.events or (other.at_us, other.tie) > (self.at_us, self.tie)):
            self.at_us, self.tie, self.value = other.at_us, other.tie, other.value
        self.events += other.events

    def to_json(self) -> list[Any]:
        return ["latest", self.events, self.at_us, self.tie, plain(self.value)]
