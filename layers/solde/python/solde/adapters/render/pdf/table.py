"""The lines of a document as a table that goes over pages, its head repeated on each."""

from solde.adapters.render.pdf.paper import BOTTOM, INK, LEFT, RIGHT, SOFT, TINT, TOP, Paper
from solde.adapters.render.view import Group, Row, View

DESCRIPTION, SERVICE, QUANTITY, PRICE, AMOUNT = LEFT + 1, 86.0, 136.0, 166.0, RIGHT - 1
"""Where columns begin (the first two) or end (numbers), in mm."""
WIDTH = SERVICE - DESCRIPTION - 3
LEADING = 4.4
SMALL = 3.7


class Table:
    """Draws downward from `y`; `y` is where the next thing goes."""

    def __init__(self, paper: Paper, view: View, y: float) -> None:
        self._paper, self._view = paper, view
        self.y = y
        self._head()

    def draw(self) -> float:
        for group in self._view.groups:
            self._group(group)
        return self.y

    def room(self, height: float) -> None:
        """Begin a page when there is no room for `height` mm, under a new head."""
        if self.y + height > BOTTOM:
            self._paper.add_page()
            self.y = TOP + 4
            self._head()

    def _head(self) -> None:
        names, y = self._view.columns, self.y
        for x, name, right in (
            (DESCRIPTION, names[0], False),
            (SERVICE, names[1], False),
            (QUANTITY, names[2], True),
            (PRICE, names[3], True),
            (AMOUNT, names[4], True),
        ):
            self._paper.write_at(x, y, name, size=8, bold=True, colour=SOFT, right=right)
        self._paper.rule(y + 2)
        self.y = y + 2

    def _group(self, group: Group) -> None:
        if group.name:
            self.room(16)
            self._paper.set_fill_color(*TINT)
            self._paper.rect(LEFT, self.y, RIGHT - LEFT, 6.4, style="F")
            self._paper.write_at(DESCRIPTION, self.y + 4.4, group.name, size=9, bold=True)
            self.y += 6.4
        for row in group.rows:
            self._row(row)
        if group.subtotal:
            self.room(7)
            self._paper.write_at(DESCRIPTION, self.y + 4.6, group.subtotal, size=9, bold=True)
            self._paper.write_at(AMOUNT, self.y + 4.6, group.amount, size=9, bold=True, right=True)
            self.y += 6.6
            self._paper.rule(self.y)

    def _row(self, row: Row) -> None:
        paper = self._paper
        texts = paper.lines_of(row.description, WIDTH, size=9)
        details = paper.lines_of(row.detail, AMOUNT - DESCRIPTION - 30, size=7.5)
        details = details if row.detail else []
        height = len(texts) * LEADING + len(details) * SMALL + 2.2
        self.room(height)
        y = self.y + 4.2
        for x, text, right, colour in (
            (SERVICE, row.service, False, SOFT),
            (QUANTITY, row.quantity, True, INK),
            (PRICE, row.price, True, INK),
            (AMOUNT, row.amount, True, INK),
        ):
            size = 8 if x == SERVICE else 9
            paper.write_at(x, y, text, size=size, colour=colour, right=right)
        for text in texts:
            paper.write_at(DESCRIPTION, y, text, size=9)
            y += LEADING
        for text in details:
            paper.write_at(DESCRIPTION, y - 0.4, text, size=7.5, colour=SOFT)
            y += SMALL
        self.y += height
        paper.rule(self.y)
