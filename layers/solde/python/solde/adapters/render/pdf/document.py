"""The whole document: heads, table, totals, mentions."""

from pathlib import Path

from solde.adapters.render.pdf.annex import set_annex
from solde.adapters.render.pdf.archive import Facts, archived
from solde.adapters.render.pdf.button import set_button
from solde.adapters.render.pdf.code import set_code
from solde.adapters.render.pdf.fonts import embedded_whole
from solde.adapters.render.pdf.logo import set_logo
from solde.adapters.render.pdf.paper import LEFT, RIGHT, TOP, Paper
from solde.adapters.render.pdf.table import Table
from solde.adapters.render.pdf.texts import foot_of, set_foot, set_texts
from solde.adapters.render.view import View

LEADING = 4.6
MIDDLE, SUMS = 112.0, 124.0
SUM = 6.0
BESIDE = (LEFT + 56, LEFT + 90)
"""Where the columns of the small table end, behind the first."""


def document_pdf(view: View, folder: Path, *, invoice: bytes = b"") -> bytes:
    """
    Return the PDF/A-3 of a document; equal views give equal bytes.

    With its `invoice` as CII inside it is a Factur-X.
    """
    paper = Paper(folder, issued_on=view.issued_on, style=view.dress.style)
    name = f"{view.title} {view.number}"
    paper.set_lang(view.language)
    paper.add_page()
    foot = foot_of(paper, view)
    below_logo = set_logo(paper, view.dress.logo)
    y = max(_title(paper, view, below_logo), _seller(paper, view)) + 8
    y = set_texts(paper, view, "header", y)
    y = max(_customer(paper, view, y), _facts(paper, view, y)) + 10
    y = set_texts(paper, view, "before_lines", y)
    table = Table(paper, view, y)
    y = table.draw() + 4
    y = set_texts(paper, view, "after_lines", y)
    y = _totals(paper, view, y)
    y = set_button(paper, view.added.pay, set_texts(paper, view, "payment_terms", y))
    y = set_code(paper, view, y)
    y = _mentions(paper, view, y)
    if view.added.behind:
        set_annex(paper, view.added, y)
    set_foot(paper, foot)
    paper.number_pages(view.page, name)
    facts = Facts(name, view.seller[0], view.language, view.issued_on)
    archived(paper, facts, invoice=invoice)
    with embedded_whole():
        return bytes(paper.output())


def _title(paper: Paper, view: View, moved: float) -> float:
    top = TOP + moved
    paper.write_at(LEFT, top + 5, view.title, size=20, bold=True, colour=paper.inks.accent)
    paper.write_at(LEFT, top + 11, view.number, size=10)
    return top + 14


def _seller(paper: Paper, view: View) -> float:
    y = TOP + 2
    for place, line in enumerate((*view.seller, *view.seller_facts)):
        bold = place == 0
        colour = paper.inks.soft if place else paper.inks.ink
        for text in paper.lines_of(line, 90, size=8.5, bold=bold):
            paper.write_at(RIGHT, y, text, size=8.5, bold=bold, colour=colour, right=True)
            y += 4.1
    return y


def _customer(paper: Paper, view: View, y: float) -> float:
    paper.write_at(LEFT, y, view.billed_to.upper(), size=7.5, bold=True, colour=paper.inks.soft)
    y += 5
    for place, line in enumerate(view.customer):
        for text in paper.lines_of(line, MIDDLE - LEFT - 6, size=10, bold=place == 0):
            paper.write_at(LEFT, y, text, size=10, bold=place == 0)
            y += LEADING
    return y


def _facts(paper: Paper, view: View, y: float) -> float:
    for label, value in view.facts:
        paper.write_at(MIDDLE, y, label, size=9, colour=paper.inks.soft)
        room = RIGHT - MIDDLE - paper.get_string_width(paper.shown(label)) - 4
        for text in paper.lines_of(value, room, size=9, bold=True):
            paper.write_at(RIGHT, y, text, size=9, bold=True, right=True)
            y += LEADING + 0.4
    return y


def _totals(paper: Paper, view: View, y: float) -> float:
    """Set the totals at the right, and what is beside them."""
    sums = [(_label(paper, label, amount), amount) for label, amount in view.totals]
    height = sum(SUM + LEADING * (len(label) - 1) for label, _ in sums)
    y = _room(paper, y, max(_beside_height(view), height + 12))
    return max(_beside(paper, view, y), _sums(paper, view, sums, y)) + 8


def _mentions(paper: Paper, view: View, below: float) -> float:
    """Set what must be said; return where the next thing goes."""
    for mention in view.mentions:
        lines = paper.lines_of(mention, RIGHT - LEFT, size=8)
        below = _room(paper, below, 4 * len(lines))
        for text in lines:
            paper.write_at(LEFT, below, text, size=8, colour=paper.inks.soft)
            below += 3.9
        below += 1.2
    return below


def _label(paper: Paper, label: str, amount: str) -> list[str]:
    """Break what a total is called before its amount."""
    (shown,) = paper.lines_of(amount, RIGHT - LEFT, size=9.5)
    return paper.lines_of(label, RIGHT - 1 - SUMS - paper.get_string_width(shown) - 3, size=9.5)


def _sums(paper: Paper, view: View, sums: list[tuple[list[str], str]], y: float) -> float:
    for (first, *rest), amount in sums:
        paper.write_at(SUMS, y + 4, first, size=9.5)
        paper.write_at(RIGHT - 1, y + 4, amount, size=9.5, right=True)
        for text in rest:
            y += LEADING
            paper.write_at(SUMS, y + 4, text, size=9.5)
        y += SUM
    paper.rule(y + 1, x=SUMS, colour=paper.inks.accent)
    label, amount = view.due
    paper.write_at(SUMS, y + 8, label, size=12, bold=True, colour=paper.inks.accent)
    room = RIGHT - 1 - SUMS - paper.get_string_width(paper.shown(label)) - 3
    size = paper.size_of(amount, room, size=12, bold=True)
    paper.write_at(
        RIGHT - 1, y + 8, amount, size=size, bold=True, colour=paper.inks.accent, right=True
    )
    return y + 12


def _beside(paper: Paper, view: View, y: float) -> float:
    """Set the small table: its first column at the left, the others up to their ends."""
    if not view.beside:
        return y
    ends = (LEFT, *BESIDE[1 - len(view.beside_columns) :])
    for x, name in zip(ends, view.beside_columns, strict=True):
        paper.write_at(x, y + 4, name, size=8, bold=True, colour=paper.inks.soft, right=x != LEFT)
    paper.rule(y + 5.6, end=BESIDE[-1])
    for row in view.beside:
        y += SUM
        for x, text in zip(ends, row, strict=True):
            paper.write_at(x, y + 4, text, size=9, right=x != LEFT)
    return y + SUM


def _beside_height(view: View) -> float:
    return SUM * (len(view.beside) + 1) if view.beside else 0


def _room(paper: Paper, y: float, height: float) -> float:
    if y + height <= paper.bottom:
        return y
    paper.add_page()
    return TOP + 4
