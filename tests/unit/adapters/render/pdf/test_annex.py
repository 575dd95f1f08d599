"""The annex on paper: vectors, a page of its own, heads again on each page it goes over."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from local.documents.samples import look, sample
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.set_well import badly_set

TEMPLATES = Path(__file__).parents[5] / "templates"
DOCUMENT = sample("usage-annex")
SAID = words(TEMPLATES, "fr-FR")
LOOK = look("usage-annex")


def paper(document) -> tuple[bytes, PdfReader]:
    body = document_pdf(view(document, SAID, LOOK), TEMPLATES)
    return body, PdfReader(BytesIO(body))


def test_bars_are_drawn_and_no_picture() -> None:
    body, read = paper(DOCUMENT)
    assert badly_set(body) == []
    assert len(read.pages) == 2
    assert "Annexe : équipements et consommation" in read.pages[1].extract_text()
    drawn = read.pages[1].get_contents().get_data()
    assert drawn.count(b" re f") == 11  # a month of the twelve used nothing
    assert not read.pages[1].images


def test_a_long_annex_goes_over_pages_under_its_heads() -> None:
    calls = DOCUMENT["lines"][1]
    days = [[f"2027-{month:02}-{day:02}", "1"] for month in range(1, 9) for day in range(1, 28)]
    line = {**calls, "used": {"total": "216", "days": days}}
    device = {**DOCUMENT["lines"][2], "device": "SN " * 60, "description": "x" * 300}
    body, read = paper({**DOCUMENT, "lines": [line, device]})
    assert badly_set(body) == []
    pages = [page.extract_text() for page in read.pages]
    assert len(pages) > 4
    assert all("Jour" in page for page in pages[3:-1])
    assert "27/08/2027" in pages[-1] or "27/08/2027" in pages[-2]


def test_figures_too_wide_for_a_month_are_told_below_in_full() -> None:
    row = DOCUMENT["usage_history"][0]
    months = [[month, "12345678901234.5678"] for month, _ in row["months"]]
    body, read = paper({**DOCUMENT, "usage_history": [{**row, "months": months}]})
    assert badly_set(body) == []
    assert "12 345 678 901 234,5678" in read.pages[1].extract_text().replace("\u00a0", " ")
