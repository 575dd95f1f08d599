"""Bound documents: all pages in order, what they share once, the same bytes each time."""

from io import BytesIO
from pathlib import Path

import pypdf

from solde.adapters.bound_pdf import bound
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.closed import english, french

TEMPLATES = Path(__file__).parents[3] / "templates"


def pdf_of(document: dict) -> bytes:
    return document_pdf(view(document, words(TEMPLATES, document["language"])), TEMPLATES)


def test_pages_follow_each_other_and_are_counted() -> None:
    long = english()
    long["lines"] = long["lines"] * 40
    bodies = [pdf_of(french()), pdf_of(long), pdf_of(english())]
    body, counts = bound(bodies)
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages]
    assert counts[0] == counts[2] == 1
    assert counts[1] > 1
    assert len(pages) == sum(counts)
    assert f"Page 2 of {counts[1]}" in pages[2]
    assert "Page 1 of 1" in pages[-1]


def test_what_documents_share_is_there_once_and_equal_ones_give_equal_bytes() -> None:
    one, other = pdf_of(french()), pdf_of(english())
    body, _ = bound([one, other] * 5)
    assert bound([one, other] * 5)[0] == body
    # Ten documents of some 53,000 bytes, of which 30,000 are the two fonts that all have.
    assert len(body) < 2 * len(one)
