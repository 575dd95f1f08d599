"""The lines of a document as a table that goes over pages, its head repeated on each."""

from typing import NamedTuple

from solde.adapters.render.lines import Group, Row
from solde.adapters.render.pdf.columns import Column, columns_of
from solde.adapters.render.pdf.paper import LEFT, RIGHT, TOP, Paper
from solde.adapters.render.view import View


class Cell(NamedTuple):
    column: Column
    size: float
    lines: list[str]


START = LEFT + 1
LEADING, SMALL = 4.4, 3.7
HEAD, APART, TOGETHER = 6.4, 2.0, 80.0
"""Heights in mm; a row that is higher than the last goes on over the next page."""


class Table:
    """Draws downward from `y`; `y` is where the next thing goes."""

    def __init__(self, paper: Paper, view: View, y: float) -> None:
        self._paper, self._view = paper, view
        self._columns = columns_of(view.shown)
        self._amount = self._columns[-1]
        self.y = y
        self._head()

    def draw(self) -> float:
        for group in self._view.groups:
            self._group(group)
        return self.y

    def room(self, height: float) -> None:
        """Begin a page when there is no room for `height` mm, under a new head."""
        if self.y + height > self._paper.bottom:
            self._paper.add_page()
            self.y = TOP + 4
            self._head()

    def _head(self) -> None:
        for column, name in zip(self._columns, self._view.columns, strict=True):
            x = column.end if column.right else column.start
            self._paper.write_at(
                x, self.y, name, size=8, bold=True, colour=self._paper.inks.soft, right=column.right
            )
        self.y += 2
        self._paper.rule(self.y)

    def _group(self, group: Group) -> None:
        if group.name:
            self._name(group)
        for row in group.rows:
            self._row(row)
        if group.subtotal:
            self._subtotal(group)

    def _name(self, group: Group) -> None:
        """Set the name of a group, never without its first row below it."""
        lines = self._paper.lines_of(group.name, self._amount.end - START, size=9, bold=True)
        height = HEAD + LEADING * (len(lines) - 1)
        first = group.rows[0]
        self.room(height + _height(self._cells(first), self._details(first)))
        self._paper.set_fill_color(*self._paper.inks.tint)
        self._paper.rect(LEFT, self.y, RIGHT - LEFT, height, style="F")
        for place, text in enumerate(lines):
            self._paper.write_at(START, self.y + 4.4 + place * LEADING, text, size=9, bold=True)
        self.y += height

    def _row(self, row: Row) -> None:
        """Set a row as it is read: what it is for, its figures, then what there is to explain."""
        cells, details = self._cells(row), self._details(row)
        self.room(_height(cells, details))
        top = self.y
        (first, *rest), beside = cells[0].lines, cells[1:]
        self._line(first, size=9, leading=LEADING)
        for cell in beside:
            self._cell(cell, top)
        for text in rest:
            self._line(text, size=9, leading=LEADING)
        if self.y > top:
            self.y = max(self.y, top + LEADING * max(len(cell.lines) for cell in beside))
        for text in details:
            self._line(text, size=7.5, leading=SMALL, soft=True)
        self.y += 2.2
        self._paper.rule(self.y)

    def _cell(self, cell: Cell, y: float) -> None:
        column = cell.column
        x = column.end if column.right else column.start
        colour = self._paper.inks.soft if column.soft else None
        for line in cell.lines:
            self._paper.write_at(
                x, y + 4.2, line, size=cell.size, colour=colour, right=column.right
            )
            y += LEADING

    def _line(self, text: str, *, size: float, leading: float, soft: bool = False) -> None:
        """Set a line of a row; one that is higher than a page goes on over the next."""
        self.room(leading)
        colour = self._paper.inks.soft if soft else None
        self._paper.write_at(START, self.y + leading - 0.2, text, size=size, colour=colour)
        self.y += leading

    def _subtotal(self, group: Group) -> None:
        room = self._amount.start - START
        lines = self._paper.lines_of(group.subtotal, room, size=9, bold=True)
        self.room(LEADING * len(lines) + 2.2 + APART)
        self._paper.write_at(
            self._amount.end, self.y + 4.4, group.amount, size=9, bold=True, right=True
        )
        for text in lines:
            self._paper.write_at(START, self.y + 4.4, text, size=9, bold=True)
            self.y += LEADING
        self.y += 2.2
        self._paper.rule(self.y)
        self.y += APART

    def _cells(self, row: Row) -> list[Cell]:
        """Fit texts into their columns: numbers shrink before they are broken."""
        return [self._fitted(one, getattr(row, one.name)) for one in self._columns]

    def _fitted(self, column: Column, text: str) -> Cell:
        paper = self._paper
        size = paper.size_of(text, column.width, size=column.size) if column.right else column.size
        return Cell(column, size, paper.lines_of(text, column.width, size=size))

    def _details(self, row: Row) -> list[str]:
        if not row.detail:
            return []
        return self._paper.lines_of(row.detail, self._amount.start - START, size=7.5)


def _height(cells: list[Cell], details: list[str]) -> float:
    """Return how much of a row must stand together."""
    beside = max(len(cell.lines) for cell in cells)
    return min(LEADING * beside + SMALL * len(details) + 2.2, TOGETHER)
