"""The button on paper: a link as wide as what is drawn, which a print leaves alone."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from local.documents.samples import look, sample
from solde.adapters.render.html import document_html
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from tests.support.set_well import badly_set

TEMPLATES = Path(__file__).parents[5] / "templates"
SAID = words(TEMPLATES, "fr-FR")
URL = "https://bills.example.test/i/t0k-en_?x=1&y=<2>"


def shown(name: str, url: str = URL):
    return view(sample(name), SAID, look("pay-button"), pay_url=url)


def test_a_reader_clicks_it_and_reads_by_when_to_pay() -> None:
    """103.80 due on 1 July; /F 4 is Print, which PDF/A wants of an annotation."""
    body = document_pdf(shown("pay-button"), TEMPLATES)
    assert badly_set(body) == []
    with pikepdf.open(BytesIO(body)) as opened:
        (link,) = opened.pages[0].Annots
        assert (str(link.A.URI), int(link.F)) == (URL, 4)
        assert str(link.Subtype) == "/Link"
    page = document_html(shown("pay-button"), TEMPLATES)
    assert 'href="https://bills.example.test/i/t0k-en_?x=1&amp;y=&lt;2&gt;"' in page
    assert "Payer 103,80\u00a0€ en ligne</a>\n<p>Merci de régler 103,80\u00a0€" in page


@pytest.mark.parametrize("name", ["credit-note-full", "direct-debit", "paid-by-card", "quote"])
def test_what_nobody_pays_by_a_page_has_none(name: str) -> None:
    assert shown(name).added.pay is None


def test_a_document_without_a_place_to_pay_has_none() -> None:
    assert shown("pay-button", url="").added.pay is None
