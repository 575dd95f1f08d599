"""Where the columns of a table of lines stand on the paper."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from solde.adapters.render.look import DEFAULT_COLUMNS
from solde.adapters.render.pdf.paper import LEFT, RIGHT


class Column(NamedTuple):
    """From where to where in mm, the size of its text in points; numbers stand at the end."""

    name: str
    start: float
    end: float
    size: float
    soft: bool
    right: bool

    @property
    def width(self) -> float:
        return self.end - self.start


USUAL = (
    Column("description", LEFT + 1, 78.0, 9, soft=False, right=False),
    Column("service", 80.0, 112.0, 7.5, soft=True, right=False),
    Column("quantity", 113.0, 134.0, 9, soft=False, right=True),
    Column("price", 136.0, 164.0, 9, soft=False, right=True),
    Column("amount", 166.0, RIGHT - 1, 9, soft=False, right=True),
)
WIDTHS = {"product": 20.0, "service": 31.0, "quantity": 20.0, "price": 26.0, "tax": 13.0}
SOFT = ("product", "service")
APART = 2.0


def columns_of(shown: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns: from the amount at the end backwards, the first as wide as can be."""
    return USUAL if tuple(shown) == DEFAULT_COLUMNS else _spread(tuple(shown))


@cache
def _spread(shown: tuple[str, ...]) -> tuple[Column, ...]:
    found = [USUAL[-1]]
    for name in reversed(shown[1:-1]):
        end = found[0].start - APART
        soft = name in SOFT
        start = end - WIDTHS[name]
        found.insert(0, Column(name, start, end, 7.5 if soft else 9, soft=soft, right=not soft))
    first = USUAL[0]._replace(end=found[0].start - APART)
    return (first, *found)
