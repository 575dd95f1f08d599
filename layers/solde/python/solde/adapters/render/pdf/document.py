"""The whole document: heads, table, totals, mentions."""

from pathlib import Path

from solde.adapters.render.pdf.fonts import embedded_whole
from solde.adapters.render.pdf.paper import ACCENT, BOTTOM, LEFT, RIGHT, SOFT, TOP, Paper
from solde.adapters.render.pdf.table import Table
from solde.adapters.render.view import View

LEADING = 4.6
MIDDLE = 112.0


def invoice_pdf(view: View, folder: Path) -> bytes:
    """Return the PDF of a document; equal views give equal bytes."""
    paper = Paper(folder, issued_on=view.issued_on, page_text=view.page)
    paper.set_title(f"{view.title} {view.number}")
    paper.set_author(view.seller[0])
    paper.set_lang(view.language)
    paper.add_page()
    y = max(_title(paper, view), _seller(paper, view)) + 8
    y = max(_customer(paper, view, y), _facts(paper, view, y)) + 10
    table = Table(paper, view, y)
    y = table.draw() + 4
    _totals(paper, view, y)
    paper.number_pages()
    with embedded_whole():
        return bytes(paper.output())


def _title(paper: Paper, view: View) -> float:
    paper.write_at(LEFT, TOP + 5, view.title, size=20, bold=True, colour=ACCENT)
    paper.write_at(LEFT, TOP + 11, view.number, size=10)
    return TOP + 14


def _seller(paper: Paper, view: View) -> float:
    y = TOP + 2
    for place, line in enumerate((*view.seller, *view.seller_facts)):
        bold = place == 0
        colour = SOFT if place else (27, 36, 48)
        for text in paper.lines_of(line, 90, size=8.5, bold=bold):
            paper.write_at(RIGHT, y, text, size=8.5, bold=bold, colour=colour, right=True)
            y += 4.1
    return y


def _customer(paper: Paper, view: View, y: float) -> float:
    paper.write_at(LEFT, y, view.billed_to.upper(), size=7.5, bold=True, colour=SOFT)
    y += 5
    for place, line in enumerate(view.customer):
        for text in paper.lines_of(line, MIDDLE - LEFT - 6, size=10, bold=place == 0):
            paper.write_at(LEFT, y, text, size=10, bold=place == 0)
            y += LEADING
    return y


def _facts(paper: Paper, view: View, y: float) -> float:
    for label, value in view.facts:
        paper.write_at(MIDDLE, y, label, size=9, colour=SOFT)
        paper.write_at(RIGHT, y, value, size=9, bold=True, right=True)
        y += LEADING + 0.4
    return y


def _totals(paper: Paper, view: View, y: float) -> None:
    needed = 8 + 6 * max(len(view.totals), len(view.taxes) + 1) + 14
    y = _room(paper, y, needed)
    _taxes(paper, view, y)
    for label, amount in view.totals:
        paper.write_at(MIDDLE + 14, y + 4, label, size=9.5)
        paper.write_at(RIGHT - 1, y + 4, amount, size=9.5, right=True)
        y += 6
    paper.rule(y + 1, x=MIDDLE + 14, colour=ACCENT)
    paper.write_at(MIDDLE + 14, y + 8, view.due[0], size=12, bold=True, colour=ACCENT)
    paper.write_at(RIGHT - 1, y + 8, view.due[1], size=12, bold=True, colour=ACCENT, right=True)
    y += 20
    for mention in view.mentions:
        lines = paper.lines_of(mention, RIGHT - LEFT, size=8)
        y = _room(paper, y, 4 * len(lines))
        for text in lines:
            paper.write_at(LEFT, y, text, size=8, colour=SOFT)
            y += 3.9
        y += 1.2


def _taxes(paper: Paper, view: View, y: float) -> None:
    if not view.taxes:
        return
    base, end = LEFT + 52, LEFT + 78
    names = view.tax_columns
    paper.write_at(LEFT, y + 4, names[0], size=8, bold=True, colour=SOFT)
    paper.write_at(base, y + 4, names[1], size=8, bold=True, colour=SOFT, right=True)
    paper.write_at(end, y + 4, names[2], size=8, bold=True, colour=SOFT, right=True)
    paper.rule(y + 5.6, end=end)
    for label, taxable, tax in view.taxes:
        y += 6
        paper.write_at(LEFT, y + 4, label, size=9)
        paper.write_at(base, y + 4, taxable, size=9, right=True)
        paper.write_at(end, y + 4, tax, size=9, right=True)


def _room(paper: Paper, y: float, height: float) -> float:
    if y + height <= BOTTOM:
        return y
    paper.add_page()
    return TOP + 4
