"""Partials that add: how many, and how much."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from solde.domain.usage.exact import EXACT, plain

_add, _subtract = EXACT.add, EXACT.subtract


@dataclass(slots=True)
class Count:
    """
    Filled one event at a time while events are read: that is why partials are not frozen.

    What is removed may come before what it takes away: a partial alone may be less than nothing.
    """

    events: int = 0

    def add(self, value: None, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        self.events += 1

    def remove(self, value: None, at_us: int, tie: str) -> None:  # noqa: ARG002
        self.events -= 1

    def absorb(self, other: "Count") -> None:
        self.events += other.events

    def to_json(self) -> list[Any]:
        return ["count", self.events]


@dataclass(slots=True)
class Sum:
    events: int = 0
    total: Decimal = Decimal(0)

    def add(self, value: Decimal, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        self.events += 1
        self.total = _add(self.total, value)

    def remove(self, value: Decimal, at_us: int, tie: str) -> None:  # noqa: ARG002
        self.events -= 1
        self.total = _subtract(self.total, value)

    def absorb(self, other: "Sum") -> None:
        self.events += other.events
        self.total = _add(self.total, other.total)

    def to_json(self) -> list[Any]:
        return ["sum", self.events, plain(self.total)]
