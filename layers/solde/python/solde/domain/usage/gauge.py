"""The partials of a time-weighted meter: the points of a day, and the area under them."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from solde.domain.usage.exact import EXACT, plain

Point = tuple[int, str, Decimal]
"""When (µs since 1970), the event's identity, and the value that holds from then on."""


@dataclass(slots=True)
class Points:
    """
    What single files have seen of a day.

    Points of another file may lie between these, so nothing can be summed up before all files of
    the day are together.
    """

    events: int = 0
    points: list[Point] = field(default_factory=list)

    def add(self, value: Decimal, at_us: int, tie: str) -> None:
        self.events += 1
        self.points.append((at_us, tie, value))

    def absorb(self, other: "Points") -> None:
        self.events += other.events
        self.points += other.points

    def to_json(self) -> list[Any]:
        rows = [[at_us, tie, plain(value)] for at_us, tie, value in sorted(self.points)]
        return ["points", self.events, rows]


@dataclass(slots=True)
class Area:
    """
    A whole day: when its first and last points lie, and the sum of value × µs between them.

    Before the first point the value carried in from earlier days holds, after it `last`.
    """

    events: int
    first_us: int
    last_us: int
    last: Decimal
    area: Decimal

    def to_json(self) -> list[Any]:
        return [
            "area",
            self.events,
            self.first_us,
            self.last_us,
            plain(self.last),
            plain(self.area),
        ]


def area_under(points: Points) -> Area:
    """Sum up a day whose points are all there; of two at one instant the later identity holds."""
    ordered = sorted(points.points)
    area = Decimal(0)
    for (at_us, _, value), (next_us, _, _) in pairwise(ordered):
        area = EXACT.add(area, EXACT.multiply(value, Decimal(next_us - at_us)))
    last_us, _, last = ordered[-1]
    return Area(points.events, ordered[0][0], last_us, last, area)
