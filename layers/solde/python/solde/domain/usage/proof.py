"""Usage added up so that two tellings of it can be compared, however much it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from solde.domain.usage.additive import Sum
from solde.domain.usage.partial import Dimensions, Partial, Settled

Cell = Partial | Settled
Place = tuple[str, date]
"""A meter and a day."""


class UsageProof:
    """
    Events by meter and day, and a mark by which it shows if they moved or changed their quantity.

    Adding is linear: the partials of a day give the same as the day that they were merged to, in
    any order. The mark weighs each event, and each quantity of a meter that sums, by who used it
    and with which dimensions.
    """

    def __init__(self) -> None:
        self.events: Counter[Place] = Counter()
        self.marks: dict[Place, int | Fraction] = {}

    def add(
        self, owner: tuple[str, str], meter: str, day: date, cells: Mapping[Dimensions, Cell]
    ) -> None:
        """Add what a customer's subscription (`owner`) used by a meter on a day."""
        place, on = (meter, day), day.isoformat()
        mark = self.marks.get(place, 0)
        for values, cell in cells.items():
            self.events[place] += cell.events
            weight = _weight(*owner, meter, on, *values)
            mark += weight * cell.events
            if isinstance(cell, Sum):
                whole, parts = cell.total.as_integer_ratio()
                square = weight * weight * whole
                mark += square if parts == 1 else Fraction(square, parts)
        self.marks[place] = mark

    def against(self, other: "UsageProof") -> Iterator[str]:
        """Yield where the other differs from this."""
        for place in sorted(self.events.keys() | other.events.keys()):
            where = f"{place[0]} on {place[1]}"
            expected, found = self.events[place], other.events[place]
            if expected != found:
                yield f"{where}: expected {expected} events, found {found}"
            elif self.marks.get(place, 0) != other.marks.get(place, 0):
                yield f"{where}: {found} events, but of others or with other quantities"


def _weight(*names: str) -> int:
    return int.from_bytes(hashlib.blake2b(ascii(names).encode(), digest_size=8).digest())
