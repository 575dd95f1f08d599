"""The state of a day: what a subject used on it by one meter, told apart by dimension values."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from solde.domain.usage.partial import (
    Cells,
    Dimensions,
    Settled,
    absorb,
    partial_from_json,
    settled,
    settled_from_json,
)


class DayState(NamedTuple):
    """
    One for each day of a month that is billed: a tuple is the cheapest to make.

    `text` is the canonical JSON of the cells, which digests are taken of.

    `generation` is the number of the rating execution that wrote it last.
    """

    generation: int
    cells: Mapping[Dimensions, Settled]
    text: str

    @property
    def events(self) -> int:
        return sum(cell.events for cell in self.cells.values())


def day_state(generation: int, cells: Cells) -> DayState:
    """Close a day of which all cells are merged; one whose events were all taken back is none."""
    closed = {values: settled(cells[values]) for values in sorted(cells) if cells[values].events}
    rows = [[list(values), cell.to_json()] for values, cell in closed.items()]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return DayState(generation, closed, text)


def day_state_from_rows(
    generation: int, rows: Iterable[Iterable[list[str]]], text: str
) -> DayState:
    """Read a day from its text, given both as it is and as the JSON that it holds."""
    cells = {tuple(values): settled_from_json(parts) for values, parts in rows}
    return DayState(generation, cells, text)


def cells_to_json(cells: Cells) -> list[list[object]]:
    """Return cells in the one order they can be written in."""
    return [[list(values), cells[values].to_json()] for values in sorted(cells)]


def cells_from_json(rows: Iterable[Iterable[list[str]]]) -> Cells:
    return {tuple(values): partial_from_json(parts) for values, parts in rows}


def merge_cells(whole: Cells, other: Cells) -> None:
    """Take the cells of another file into `whole`; `other` is used up."""
    for values, partial in other.items():
        if values in whole:
            absorb(whole[values], partial)
        else:
            whole[values] = partial
