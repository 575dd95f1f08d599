"""Free texts of templates on paper: above and below the lines, and at the foot of each page."""

from solde.adapters.render.pdf.paper import BOTTOM, FOOT, LEFT, RIGHT, TOP, Paper
from solde.adapters.render.view import View

SIZE, LEADING = 9, 4.4
RAISED, APART = 4.0, 8.0
"""How much of the room above it a text takes, and what it keeps below."""
SMALL, TIGHT = 7.5, 3.4
FOOT_LINES = 4
"""More would leave too little of a page."""


def set_texts(paper: Paper, view: View, place: str, y: float) -> float:
    """Set the texts of a place from `y` downward; return where the next thing goes."""
    if not view.dress.at(place):
        return y
    y -= RAISED
    for line in view.dress.at(place):
        for text in paper.lines_of(line, RIGHT - LEFT, size=SIZE):
            if y + LEADING > paper.bottom:
                paper.add_page()
                y = TOP + 4
            paper.write_at(LEFT, y + LEADING, text, size=SIZE)
            y += LEADING
    return y + APART


def foot_of(paper: Paper, view: View) -> list[str]:
    """Return the lines of the foot, and keep room for them on every page."""
    lines = [
        text
        for line in view.dress.at("footer")
        for text in paper.lines_of(line, RIGHT - LEFT, size=SMALL)
    ][:FOOT_LINES]
    paper.bottom = BOTTOM - TIGHT * len(lines)
    return lines


def set_foot(paper: Paper, lines: list[str]) -> None:
    """Set the foot on every page, above its number."""
    for page in range(1, paper.page_no() + 1 if lines else 1):
        paper.page = page
        y = FOOT - 4 - TIGHT * (len(lines) - 1)
        for text in lines:
            paper.write_at(LEFT, y, text, size=SMALL, colour=paper.inks.soft)
            y += TIGHT
