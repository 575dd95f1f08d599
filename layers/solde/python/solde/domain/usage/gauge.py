"""The partials of a time-weighted meter: the points of a day, and the area under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from solde.domain.usage.exact import EXACT, plain
from solde.domain.usage.log import Log, points_from


@dataclass(slots=True)
class Points(Log[Decimal]):
    """
    What single files have seen of a day; a value holds until the next.

    Points of another file may lie between these, so nothing can be summed up before all files of
    the day are together.
    """

    def settled(self) -> "Area":
        return area_under(self)

    def to_json(self) -> list[Any]:
        return ["points", self.events, *self.rows(plain)]

    @classmethod
    def from_json(cls, events: int, said: Iterable[Iterable[Sequence[Any]]]) -> "Points":
        return cls(events, *map(points_from, said))


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
    ordered = points.standing()
    area = Decimal(0)
    for (at_us, _, value), (next_us, _, _) in pairwise(ordered):
        area = EXACT.add(area, EXACT.multiply(value, Decimal(next_us - at_us)))
    last_us, _, last = ordered[-1]
    return Area(points.events, ordered[0][0], last_us, last, area)
