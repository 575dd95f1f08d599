"""The PDF: text that can be found again, the same bytes for the same document, over pages."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from solde.adapters.render.pdf import invoice_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import english, french

TEMPLATES = Path(__file__).parents[5] / "templates"


def pdf(document: dict) -> bytes:
    return invoice_pdf(view(document, words(TEMPLATES, document["language"])), TEMPLATES)


def text(body: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages]


def test_the_text_can_be_found_again() -> None:
    (page,) = text(pdf(english()))
    for wanted in ("Invoice", "NYC-2013-000017", "United Air Lines Inc.", "$275,550.00"):
        assert wanted in page
    assert "Page 1 of 1" in page


def test_the_same_document_gives_the_same_bytes_whatever_came_before() -> None:
    first = pdf(english())
    pdf(french())
    assert pdf(english()) == first


def test_a_long_invoice_goes_over_pages_with_its_head_on_each() -> None:
    document = english()
    document["lines"] = document["lines"] * 120
    pages = text(pdf(document))
    assert len(pages) > 3
    assert all("Description" in page for page in pages[:-1])
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert "Amount due" in pages[-1]


@pytest.mark.parametrize(
    "hostile", ["😀 emoji", "line\nbreak", "نص", "x" * 400, "a\x00b", "tab\there", ""]
)
def test_hostile_descriptions_render(hostile: str) -> None:
    document = english()
    document["lines"][0]["description"] = hostile
    document["customer"]["name"] = hostile or "-"
    assert pdf(document).startswith(b"%PDF-")


def test_fonts_are_embedded() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf(french())))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
