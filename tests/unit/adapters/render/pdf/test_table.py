"""The table of lines: over pages, with its head on each, and no figure out of its column."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from solde.adapters.render.pdf.columns import USUAL
from solde.adapters.render.pdf.fonts import embedded_whole
from solde.adapters.render.pdf.paper import BOTTOM, RIGHT, TOP, Paper
from solde.adapters.render.pdf.table import Table
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.papers import long, wide

TEMPLATES = Path(__file__).parents[5] / "templates"


def drawn(document: dict) -> tuple[list[str], float]:
    """Return the text of each page, and how far down the last line stands."""
    paper = Paper(TEMPLATES, issued_on="2013-06-15")
    paper.add_page()
    shown = view(document, words(TEMPLATES, document["language"]))
    end = Table(paper, shown, TOP + 10).draw()
    with embedded_whole():
        body = BytesIO(bytes(paper.output()))
    return [page.extract_text() for page in pypdf.PdfReader(body).pages], end


def test_columns_stand_side_by_side() -> None:
    edges = [edge for column in USUAL for edge in (column.start, column.end)]
    assert edges == sorted(edges)
    assert edges[-1] < RIGHT


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (45, 2), (120, 4)])
def test_every_line_is_on_one_page_under_a_head(lines, pages) -> None:
    texts, end = drawn(long(lines))
    assert len(texts) == pages
    assert all(
        text.startswith("Description Service Quantity Unit price Amount\n") for text in texts
    )
    assert sum(text.count("Handling, stand") for text in texts) == lines
    assert TOP < end <= BOTTOM


def test_what_is_longer_than_a_page_goes_on_over_the_next() -> None:
    texts, _ = drawn(wide())
    assert sum(text.count("tranche") for text in texts) == 600
    assert len(texts) > 2
