"""Free texts on paper: at their places, broken into lines, a foot on every page."""

from io import BytesIO
from pathlib import Path

import pypdf

from solde.adapters.render.look import Look
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.templates import PLACES, Block
from tests.support.papers import long

FOLDER = Path(__file__).parents[5] / "templates"


def pages(lines: int, *blocks: Block) -> list[str]:
    shown = view(long(lines), words(FOLDER, "en"), Look(blocks=blocks))
    reader = pypdf.PdfReader(BytesIO(document_pdf(shown, FOLDER)))
    return [page.extract_text() for page in reader.pages]


def test_each_text_stands_at_its_place() -> None:
    blocks = [Block(place, f"here is {place}") for place in PLACES]
    (page,) = pages(3, *blocks)
    order = ["here is header", "BILLED TO", "here is before_lines", "Description"]
    order += ["here is after_lines", "Amount due", "here is payment_terms", "here is footer"]
    found = [page.index(one) for one in order[:6]]
    assert all(one in page for one in order)
    assert found[2] < found[3] < found[4]


def test_a_foot_is_on_every_page_and_lines_keep_above_it() -> None:
    found = pages(45, Block("footer", "first\nsecond\nthird\nfourth\nfifth"))
    assert len(found) > 2
    assert all("first\nsecond\nthird\nfourth" in page for page in found)
    assert all("fifth" not in page for page in found)


def test_a_long_text_goes_over_pages() -> None:
    found = pages(1, Block("after_lines", "word " * 1_900))
    assert len(found) > 1
    assert sum(page.count("word") for page in found) == 1_900
