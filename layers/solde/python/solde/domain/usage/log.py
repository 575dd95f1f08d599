"""What the partials share that keep every event apart: when it was, who it is, what it says."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Self, TypeVar

from solde.domain.usage.exact import plain

V = TypeVar("V")
Point = tuple[int, str, Decimal]
"""When (µs since 1970), the event's identity, and what it says."""


@dataclass(slots=True)
class Log(Generic[V]):
    """`gone` are events taken back, which another file may hold."""

    events: int = 0
    points: list[tuple[int, str, V]] = field(default_factory=list)
    gone: list[tuple[int, str, V]] = field(default_factory=list)

    def add(self, value: V, at_us: int, tie: str) -> None:
        self.events += 1
        self.points.append((at_us, tie, value))

    def remove(self, value: V, at_us: int, tie: str) -> None:
        self.events -= 1
        self.gone.append((at_us, tie, value))

    def absorb(self, other: Self) -> None:
        self.events += other.events
        self.points += other.points
        self.gone += other.gone

    def standing(self) -> list[tuple[int, str, V]]:
        """Return the events that were not taken back, by time, then identity."""
        if not self.gone:
            return sorted(self.points)
        left = Counter(self.points)
        left.subtract(Counter(self.gone))
        return sorted(point for point, times in left.items() if times > 0)

    def rows(self, write: Callable[[V], Any]) -> list[Any]:
        """Return the points in order, and then what is taken back, if anything is."""
        lists = (self.points, self.gone) if self.gone else (self.points,)
        return [[[at_us, tie, write(value)] for at_us, tie, value in sorted(one)] for one in lists]


@dataclass(slots=True)
class Latest(Log[Decimal]):
    """Of two values at one instant, the one whose event has the greater identity counts."""

    @property
    def last(self) -> Point:
        return self.standing()[-1]

    def settled(self) -> "Latest":
        return Latest(self.events, [self.last])

    def to_json(self) -> list[Any]:
        """Write a single point as it is, and several as rows."""
        if len(self.points) == 1 and not self.gone:
            at_us, tie, value = self.points[0]
            return ["latest", self.events, at_us, tie, plain(value)]
        return ["latest", self.events, *self.rows(plain)]

    @classmethod
    def from_json(cls, events: int, said: Sequence[Any]) -> "Latest":
        if isinstance(said[0], int):
            at_us, tie, value = said
            return cls(events, [(at_us, tie, Decimal(value))])
        return cls(events, *map(points_from, said))


def points_from(rows: Iterable[Sequence[Any]]) -> list[Point]:
    return [(at_us, tie, Decimal(value)) for at_us, tie, value in rows]
