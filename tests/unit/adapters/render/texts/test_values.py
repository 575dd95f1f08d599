"""What a text finds in a document."""

from pathlib import Path

import pytest

from solde.adapters.render.look import Look
from solde.adapters.render.texts.known import WHOLE
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.domain.templates import Block
from tests.support.closed import english, french
from tests.support.late_paper import closed_late, drafted, late
from tests.support.papers import long

FOLDER = Path(__file__).parents[5] / "templates"
ALL = " ".join(f"{{{{ {whole}.{name} }}}}" for whole, names in WHOLE.items() for name in names)


def said(document: dict, text: str, *, when: str = "", marked: bool = False) -> tuple[str, ...]:
    look = Look(blocks=(Block("footer", text, when),))
    found = view(document, words(FOLDER, document["language"]), look, marked=marked)
    return found.dress.at("footer")


def test_a_text_says_values_as_they_are_read() -> None:
    text = (
        "{{ document.title }} {{ document.number }}: {{ document.due }}\n\n{{ customer.country }}"
    )
    assert said(french(), text)[0] == "Facture FR-2013-000002: 12,75\u00a0€"
    assert said(french(), "{{ document.period }}") == ("01/01/2013 – 31/01/2013",)


def test_a_loop_walks_lines_subscriptions_and_totals() -> None:
    text = "{% for one in subscriptions %}{{ one.name }}={{ one.amount }};{% endfor %}"
    assert said(long(11), text) == ("Gate 1=$12,345.00;Gate 2=$1,234.50;",)
    text = "{% for line in lines %}{{ line.quantity }}{% endfor %}"
    assert said(long(11), text) == ("3" * 11,)


def test_a_block_stands_where_its_condition_holds() -> None:
    assert said(french(), "x", when="document.kind == 'invoice'") == ("x",)
    assert said(french(), "x", when="document.kind == 'credit_note'") == ()


@pytest.mark.parametrize(
    "document",
    [english(), french(), closed_late(drafted(late(("2026-08-15", 1_200_00)), "2026-12-31"))],
)
def test_every_name_there_is_can_be_asked_of_any_document(document) -> None:
    assert "[?" not in said(document, ALL)[0]
    assert "[? customer.vat_id]" in said(document, ALL, marked=True)[0]
