"""A reminder as a letter."""

import pytest

from solde.adapters.render.html import document_html
from solde.adapters.render.letter import reminder_view
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import View
from solde.adapters.render.words import words
from tests.support.structured import TEMPLATES, golden


def letter(level: int) -> View:
    """Of 109.93 due on 31 July 2027, 60.00 are open on 10 August."""
    said = words(TEMPLATES, "fr")
    invoice = golden()["closed-invoice"]
    return reminder_view(invoice, said, open_minor=60_00, level=level, on="2027-08-10")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("level", "title"), [(1, "Rappel"), (2, "Deuxième rappel")])
def test_it_says_what_is_open_of_which_invoice(level, title) -> None:
    shown = letter(level)
    assert (shown.title, shown.number) == (title, "FR-2027-000042")
    (row,) = shown.groups[0].rows
    found = (row.description, row.service, row.quantity, plain(row.price), plain(row.amount))
    assert found == ("FR-2027-000042", "01/07/2027", "31/07/2027", "109,93 €", "60,00 €")
    assert plain(shown.due[1]) == "60,00 €"
    _, text = shown.dress.at("before_lines")
    assert "FR-2027-000042" in text
    assert "60,00 €" in plain(text)
    assert shown.facts[0][1] == "10 août 2027"
    assert shown.dress.at("payment_terms")[0] == "Cordialement,"


def test_it_says_what_paying_late_costs() -> None:
    mentions = " ".join(letter(1).mentions)
    assert "FR-2027-000042" in mentions
    assert "40" in mentions
    assert "L441-10" in mentions


def test_it_can_be_set_as_page_and_pdf() -> None:
    shown = letter(2)
    assert "Deuxième rappel" in document_html(shown, TEMPLATES)
    assert document_pdf(shown, TEMPLATES).startswith(b"%PDF-1.7")
