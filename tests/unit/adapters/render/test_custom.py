"""Custom fields on page and paper: as the language writes them, and what lacks is nothing."""

from pathlib import Path

import pytest

from local.documents.samples import look, sample
from solde.adapters.render.custom import Named, labelled, values_of
from solde.adapters.render.html import document_html
from solde.adapters.render.look import PLAIN, look_of
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.texts.sandbox import Marked, Missing, filled, holds
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.templates import Block, Template
from tests.support.closed import english
from tests.support.story import day

TEMPLATES = Path(__file__).parents[4] / "templates"
SAID = words(TEMPLATES, "fr-FR")
DOCUMENT = sample("custom-fields")
RAW = (
    {"name": "n", "label": "N", "type": "number", "value": "1250.5"},
    {"name": "d", "label": "D", "type": "date", "value": "2027-05-01"},
    {"name": "no", "label": "No", "type": "boolean", "value": False},
    {"name": "items", "label": "I", "type": "choice", "value": "x"},
)


def test_values_are_written_as_the_language_does() -> None:
    assert values_of(RAW, SAID) == {"n": "1\u202f250,5", "d": "1er mai 2027", "no": "non"} | {
        "items": "x"
    }
    assert list(labelled(RAW, "line", ["line.d", "line.gone", "customer.n"], SAID)) == [
        ("D", "1er mai 2027")
    ]


def test_a_false_one_does_not_hold_and_a_name_is_no_method() -> None:
    values = {"f": Named(values_of(RAW, SAID), lambda name: Missing(name=name))}
    assert filled("{{ f.no }} {{ f.items }}", values) == "non x"
    assert not holds("f.no", values)
    assert holds("f.items and not f.gone", values)


def test_a_row_and_a_subscription_have_their_own() -> None:
    text = "{% for one in lines %}{{ one.fields.serial | default('–') }};{% endfor %}"
    sold = "{% for one in subscriptions %}{{ one.fields.handed_over }}{% endfor %}"
    layer = Template(
        "ars", 1, day("2027-01-01"), blocks=(Block("header", text), Block("header", sold))
    )
    shown = view(DOCUMENT, SAID, look_of([layer]))
    assert shown.dress.at("header") == ("SN-000417;SN-000418;", "28 mai 2027")


def test_what_a_document_lacks_is_marked_in_a_preview_and_nothing_on_paper() -> None:
    layer = Template(
        "fr", 1, day("2027-01-01"), blocks=(Block("footer", "[{{ customer.fields.x }}]"),)
    )
    document, said = english(), words(TEMPLATES, "en")
    assert view(document, said, look_of([layer])).dress.at("footer") == ("[]",)
    tried = view(document, said, look_of([layer]), marked=True)
    assert tried.dress.at("footer") == ("[[? customer.fields.x]]",)
    assert issubclass(Marked, Missing)


def test_a_page_without_a_template_shows_none() -> None:
    assert "SN-000417" not in document_html(view(DOCUMENT, SAID, PLAIN), TEMPLATES)


@pytest.mark.parametrize("text", ["<script>x</script>", "שלום עולם", "🙂" * 50, "x" * 200])
def test_hostile_values_are_text_on_page_and_paper(text: str) -> None:
    document = {**DOCUMENT, "fields": [{**DOCUMENT["fields"][0], "value": text}]}
    shown = view(document, SAID, look("custom-fields"))
    page = document_html(shown, TEMPLATES)
    assert "<script>" not in page
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page
    assert document_pdf(shown, TEMPLATES).startswith(b"%PDF")
