"""Text on paper: broken where it must be, shrunk where it may be, never lost."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.adapters.render.pdf.fonts import embedded_whole
from solde.adapters.render.pdf.paper import LEFT, SMALLEST, TOP, Paper

TEMPLATES = Path(__file__).parents[5] / "templates"


@pytest.fixture(scope="module")
def paper() -> Paper:
    made = Paper(TEMPLATES, issued_on="2013-06-15")
    made.add_page()
    return made


def width(paper: Paper, text: str, size: float) -> float:
    paper.set_font("regular", size=size)
    return paper.get_string_width(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "a b"), ("1\u202f234", "1\u00a0234"), ("été €", "été €"), ("\x07漢", "??")],
)
def test_only_what_the_font_has_is_shown(paper, text, shown) -> None:
    assert paper.shown(text) == shown


@given(words=st.lists(st.text("abcWi", min_size=1, max_size=30), min_size=1, max_size=12))
def test_lines_fit_and_keep_every_letter(paper, words) -> None:
    lines = paper.lines_of(" ".join(words), 40, size=9)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width(paper, line, 9) <= 40 for line in lines)


def test_a_text_that_fits_is_one_line_and_nothing_is_one_too(paper) -> None:
    assert paper.lines_of("Gas", 40, size=9) == ["Gas"]
    assert paper.lines_of("", 40, size=9) == [""]


def test_a_number_shrinks_before_it_is_broken_and_stays_readable(paper) -> None:
    assert paper.size_of("1.00", 20, size=9) == 9
    smaller = paper.size_of("1,234,567,890.00", 20, size=9)
    assert SMALLEST < smaller < 9
    assert width(paper, "1,234,567,890.00", smaller) <= 20
    assert paper.size_of("9" * 200, 20, size=9) == SMALLEST


def test_pages_are_numbered_and_dated_by_the_issue() -> None:
    made = Paper(TEMPLATES, issued_on="2013-06-15")
    for page in range(3):
        made.add_page()
        made.write_at(LEFT, TOP, f"sheet {page}")
    made.number_pages("Page {page} of {pages}", "FR-1")
    with embedded_whole():
        body = bytes(made.output())
    read = pypdf.PdfReader(BytesIO(body))
    feet = [page.extract_text().split("\n")[1:] for page in read.pages]
    assert feet == [[f"Page {page} of 3 FR-1"] for page in (1, 2, 3)]
    assert read.metadata is None  # PDF/A keeps its facts elsewhere
