"""The code of a transfer on both forms: where it is wanted, and as the view has it."""

from pathlib import Path

import pypdfium2
import pytest

from solde.adapters.render.html import document_html
from solde.adapters.render.look import Look
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.pdf.code import SIDE
from solde.adapters.render.transfer import QUIET
from solde.adapters.render.view import View, view
from solde.adapters.render.words import words
from solde.domain.templates import Block
from tests.support.closed import french

FOLDER = Path(__file__).parents[5] / "templates"
WANTED = Look(show={"transfer_code": True})
SCALE = 6


def shown(look: Look = WANTED) -> View:
    document = french()
    document["entity"]["registration"]["iban"] = "FR7630006000011234567890189"
    return view(document, words(FOLDER, "fr"), look)


def test_a_code_stands_where_a_template_wants_it() -> None:
    assert "<svg" in document_html(shown(), FOLDER)
    assert "<svg" not in document_html(shown(Look()), FOLDER)


def test_the_squares_on_paper_are_those_of_the_view() -> None:
    rows = shown().dress.code
    page = pypdfium2.PdfDocument(document_pdf(shown(), FOLDER))[0].render(scale=SCALE).to_pil()
    dark = page.convert("L").point(lambda value: value < 20 and 255)
    square = SIDE / (len(rows) + 2 * QUIET) * 72 / 25.4 * SCALE
    left, top, _, _ = corner(dark, square)
    for y, row in enumerate(rows):
        for x, one in enumerate(row):
            at = int(left + (x + 0.5) * square), int(top + (y + 0.5) * square)
            assert (dark.getpixel(at) == 255) == (one == "1"), (x, y)


def corner(dark, square: float) -> tuple[int, int, int, int]:
    """Find the code: nothing else at the left edge is seven squares of black high."""
    x = int(18 / 25.4 * 72 * SCALE) + 3
    column = [dark.getpixel((x, y)) == 255 for y in range(dark.height)]
    high = int(7 * square) - 2
    top = next(y for y in range(dark.height) if all(column[y : y + high]))
    return x - 3, top, 0, 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "\u202eevil",
        "\U0001f600 שלום",
        "\x07\x1b[31m",
        "long " * 2_000,
    ],
    ids=["markup", "jinja", "bidi", "no glyphs", "control", "10,000 letters"],
)
def test_whatever_a_name_holds_both_forms_are_set(text) -> None:
    document = french()
    document["customer"]["name"] = text
    document["lines"][0]["description"] = text
    said = Block(
        "after_lines", "{{ customer.name }}{% for one in lines %}{{ one.description }}{% endfor %}"
    )
    made = view(document, words(FOLDER, "fr"), Look(blocks=(said,)))
    page = document_html(made, FOLDER)
    assert "<script>" not in page
    assert ">49<" not in page
    assert document_pdf(made, FOLDER).startswith(b"%PDF-1.7")
