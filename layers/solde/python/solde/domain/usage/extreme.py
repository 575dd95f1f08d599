"""The partial of a maximum: the values seen, each with how often, so that one can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from solde.domain.usage.exact import plain


@dataclass(slots=True)
class Max:
    """A value counts while it was seen more often than it was taken back."""

    events: int = 0
    times: dict[Decimal, int] = field(default_factory=dict)

    def add(self, value: Decimal, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        self.events += 1
        self.times[value] = self.times.get(value, 0) + 1

    def remove(self, value: Decimal, at_us: int, tie: str) -> None:  # noqa: ARG002
        self.events -= 1
        self.times[value] = self.times.get(value, 0) - 1

    def absorb(self, other: "Max") -> None:
        self.events += other.events
        times = self.times
        for value, more in other.times.items():
            times[value] = times.get(value, 0) + more

    @property
    def largest(self) -> Decimal:
        """Return the largest value; there must be one that was not taken back."""
        return max(value for value, times in self.times.items() if times > 0)

    def settled(self) -> "Max":
        return Max(self.events, {self.largest: self.events})

    def to_json(self) -> list[Any]:
        """Write one value as it is, and several as rows of value and how often."""
        rows = [[plain(value), self.times[value]] for value in sorted(self.times)]
        said = [row for row in rows if row[1]]
        if len(said) == 1 and said[0][1] == self.events:
            return ["max", self.events, said[0][0]]
        return ["max", self.events, said]

    @classmethod
    def from_json(cls, events: int, said: str | Sequence[tuple[str, int]]) -> "Max":
        rows = [(said, events)] if isinstance(said, str) else said
        return cls(events, {Decimal(value): times for value, times in rows})
