"""The PDF: text that can be found again, the same bytes for the same document, over pages."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import english, french
from tests.support.papers import credit_note, discounted, long, wide
from tests.support.set_well import badly_set, boxes

TEMPLATES = Path(__file__).parents[5] / "templates"


def pdf(document: dict) -> bytes:
    return document_pdf(view(document, words(TEMPLATES, document["language"])), TEMPLATES)


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


@pytest.mark.parametrize(
    "document", [english(), french(), credit_note(), discounted(), long(200), wide()]
)
def test_nothing_leaves_the_paper_and_nothing_is_written_over(document) -> None:
    assert badly_set(pdf(document)) == []


def test_what_a_deposit_is_called_breaks_before_its_amount() -> None:
    """It reads `Acompte ARS-DP-2027-000001 du 1er juin 2027` in a third of the paper."""
    document = french() | {"prepaid": [{"number": "FR-DP-2013-000001", "amount": 5_00}]}
    document["prepaid"][0] |= {"id": "inv_1", "issued_on": "2013-05-01"}
    document["totals"] |= {"prepaid": 5_00, "due": document["totals"]["due"] - 5_00}
    assert badly_set(pdf(document)) == []


def test_every_page_says_which_document_it_is_of_in_the_same_letters() -> None:
    pages = text(pdf(long(200)))
    assert len(pages) == 7
    feet = [page.splitlines()[-1] for page in pages]
    assert feet == [f"Page {number} of 7 Invoice NYC-2013-000017" for number in range(1, 8)]
    for page in boxes(pdf(long(200))):
        foot = [top - bottom for _, bottom, _, top in page if top < 14]
        assert max(foot) < 2.5  # 8 points


def test_a_group_never_begins_at_the_foot_of_a_page() -> None:
    for page in text(pdf(long(200))):
        lines = page.splitlines()[:-1]
        assert not lines[-1].startswith("Gate")


def test_a_row_that_is_higher_than_a_page_goes_on_over_the_next() -> None:
    pages = text(pdf(wide()))
    assert "tranche 0" in "".join(pages)
    assert "tranche 599" in "".join(pages)
    assert len(pages) > 3


def test_fonts_are_embedded() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf(french())))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
