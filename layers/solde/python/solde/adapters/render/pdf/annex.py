"""The annex on paper: charts as bars, tables that go on over pages under their heads."""

from collections.abc import Sequence

from solde.adapters.render.added import Added
from solde.adapters.render.annex import Part
from solde.adapters.render.chart import HIGHEST, Chart
from solde.adapters.render.pdf.paper import LEFT, REGULAR, RIGHT, TOP, Paper

HEAD, ROW, APART = 8.0, 4.6, 6.0
SMALL, SMALLEST = 8.5, 7.0
HEIGHT, SLOT, GAP = 26.0, 14.5, 3.0
"""Of a chart in mm: its highest bar, a month, and what lies between two."""
BELOW = 8.0
COLUMNS = {
    2: ((LEFT + 1, 40.0), (110.0, 0.0)),
    5: ((LEFT + 1, 31.0), (52.0, 44.0), (98.0, 38.0), (158.0, 0.0), (RIGHT - 1, 0.0)),
}
"""By how many there are: where each begins, and its width; figures have none and end there."""


def set_annex(paper: Paper, added: Added, y: float) -> None:
    """Set charts where there is room; with tables, both from a page of their own on."""
    if added.annex:
        paper.add_page()
        y, colour = TOP + 8, paper.inks.accent
        paper.write_at(LEFT, TOP + 5, added.annex_title, size=14, bold=True, colour=colour)
    for chart in added.charts:
        y = _chart(paper, chart, y + APART)
    y += APART
    for part in added.annex:
        y = _part(paper, part, y) + APART


def _chart(paper: Paper, chart: Chart, y: float) -> float:
    """Draw a title, the bars with their figures above, and their months below."""
    titles = paper.lines_of(chart.title, RIGHT - LEFT, size=9, bold=True)
    fits = all(_width(paper, bar.text) <= SLOT - 1 for bar in chart.bars)
    told = [] if fits else paper.lines_of(chart.told, RIGHT - LEFT, size=SMALLEST)
    y = _room(paper, y, HEAD + ROW * (len(titles) + len(told)) + HEIGHT + BELOW)
    for title in titles:
        paper.write_at(LEFT, y + 4, title, size=9, bold=True)
        y += ROW
    floor = y + HEAD + HEIGHT
    for place, bar in enumerate(chart.bars):
        x = LEFT + place * SLOT
        high = HEIGHT * bar.height / HIGHEST
        if bar.height:
            paper.set_fill_color(*paper.inks.accent)
            paper.rect(x, floor - high, SLOT - GAP, high, style="F")
        _centred(paper, x, floor + 3.4, bar.label)
        if fits:
            _centred(paper, x, floor - high - 1, bar.text)
    paper.rule(floor)
    for text in told:
        paper.write_at(LEFT + 0.5, floor + BELOW, text, size=SMALLEST)
        floor += ROW
    return floor + BELOW


def _width(paper: Paper, text: str) -> float:
    paper.set_font(REGULAR, size=SMALLEST)
    return paper.get_string_width(paper.shown(text))


def _centred(paper: Paper, x: float, y: float, text: str) -> None:
    middle = x + (SLOT - GAP) / 2
    at = max(LEFT + 0.5, middle - _width(paper, text) / 2)
    paper.write_at(at, y, text, size=SMALLEST)


def _part(paper: Paper, part: Part, y: float) -> float:
    y = _room(paper, y, HEAD + 3 * ROW)
    for text in paper.lines_of(part.name, RIGHT - LEFT, size=9, bold=True):
        paper.write_at(LEFT + 1, y + 4, text, size=9, bold=True)
        y += ROW
    if part.rows:
        y = _heads(paper, part, y)
    for row in part.rows:
        y = _row(paper, row, part, y)
    y = _room(paper, y, ROW + 2)
    end, _ = COLUMNS[len(part.columns)][-1]
    paper.rule(y + 0.8, end=end + 1)
    paper.write_at(LEFT + 1, y + ROW, part.total[0], size=SMALL, bold=True)
    paper.write_at(end, y + ROW, part.total[1], size=SMALL, bold=True, right=True)
    return y + ROW


def _heads(paper: Paper, part: Part, y: float) -> float:
    columns = COLUMNS[len(part.columns)]
    for (x, width), name in zip(columns, part.columns, strict=True):
        paper.write_at(x, y + 4, name, size=8, bold=True, colour=paper.inks.soft, right=not width)
    paper.rule(y + 5.4, end=columns[-1][0] + 1)
    return y + 5.6


def _row(paper: Paper, row: Sequence[str], part: Part, y: float) -> float:
    """Set a row, on a page under its heads; a text that is too wide has several lines."""
    columns = COLUMNS[len(row)]
    cells = [
        paper.lines_of(text, width, size=SMALL) if width else [text]
        for (_, width), text in zip(columns, row, strict=True)
    ]
    height = ROW * max(map(len, cells))
    if y + height > paper.bottom:
        y = _heads(paper, part, _room(paper, y, height))
    for (x, width), lines in zip(columns, cells, strict=True):
        for number, text in enumerate(lines, 1):
            paper.write_at(x, y + ROW * number - 0.8, text, size=SMALL, right=not width)
    return y + height


def _room(paper: Paper, y: float, height: float) -> float:
    if y + height <= paper.bottom:
        return y
    paper.add_page()
    return TOP + 4
