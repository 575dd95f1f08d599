"""The code of a transfer on paper: rectangles, with what it is for beside it."""

from solde.adapters.render.pdf.paper import LEFT, RIGHT, TOP, Paper
from solde.adapters.render.transfer import QUIET, runs
from solde.adapters.render.view import View

SIDE = 30.0
"""Millimetres with its quiet zone: a square is half a millimetre, which phones read well."""
LEADING, BELOW = 4.2, 6.0


def set_code(paper: Paper, view: View, y: float) -> float:
    """Draw the code from `y` downward; return where the next thing goes."""
    rows = view.dress.code
    if not rows:
        return y
    if y + SIDE > paper.bottom:
        paper.add_page()
        y = TOP + 4
    square = SIDE / (len(rows) + 2 * QUIET)
    paper.set_fill_color(0, 0, 0)
    left, top = LEFT - QUIET * square, y - QUIET * square
    squares = [
        paper.rectangle(
            left + (run.x + QUIET) * square,
            top + (run.y + QUIET) * square,
            run.width * square,
            square,
        )
        for run in runs(rows)
    ]
    paper.fill(squares)
    text_at = LEFT + SIDE
    for text in paper.lines_of(view.dress.code_for, RIGHT - text_at, size=9):
        y += LEADING
        paper.write_at(text_at, y, text, size=9)
    return top + SIDE + BELOW
