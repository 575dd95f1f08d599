"""Partials that keep the single events of a meter, for prices that need more than their sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from solde.domain.usage.exact import EXACT, plain
from solde.domain.usage.log import Log

Fields = tuple[Decimal, ...]
"""What an event says in the fields that its meter keeps, in their order."""


@dataclass(slots=True)
class Singles(Log[Fields]):
    """What single files have seen of a day."""

    def settled(self) -> "Rows":
        return Rows(self.events, tuple(fields for _, _, fields in self.standing()))

    def to_json(self) -> list[Any]:
        return ["singles", self.events, *self.rows(_texts)]

    @classmethod
    def from_json(cls, events: int, said: Iterable[Iterable[Sequence[Any]]]) -> "Singles":
        return cls(
            events, *[[(at_us, tie, _fields(row)) for at_us, tie, row in rows] for rows in said]
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole day: what its events say, by time, then identity."""

    events: int
    rows: tuple[Fields, ...]

    @property
    def total(self) -> Decimal:
        """Return the sum of the first fields."""
        total = Decimal(0)
        for row in self.rows:
            total = EXACT.add(total, row[0])
        return total

    def to_json(self) -> list[Any]:
        return ["rows", self.events, [_texts(row) for row in self.rows]]

    @classmethod
    def from_json(cls, events: int, rows: Iterable[Iterable[str]]) -> "Rows":
        return cls(events, tuple([_fields(row) for row in rows]))


def _texts(fields: Fields) -> list[str]:
    return [plain(one) for one in fields]


def _fields(row: Iterable[str]) -> Fields:
    return tuple(map(Decimal, row))
