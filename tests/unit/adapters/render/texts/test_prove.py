"""The texts of a template are proved one by one, with the pointer of the one that is refused."""

from datetime import date
from pathlib import Path

import pytest

from solde.adapters.render.texts.letters import letters
from solde.adapters.render.texts.prove import prove_texts
from solde.domain.errors import InvalidError
from solde.domain.templates import Block, Template

FOLDER = Path(__file__).parents[5] / "templates"


def proved(*blocks: Block) -> None:
    prove_texts(Template("FR", 1, date(2026, 12, 1), blocks=blocks), FOLDER)


def test_texts_and_conditions_are_proved() -> None:
    good = Block("footer", "Solde SAS – « Été » 12 €\u202f!", "customer.country == 'FR'")
    proved(good)
    for block, pointer in (
        (Block("footer", "{{ x }}"), "/blocks/1/text"),
        (Block("footer", "x", "y"), "/blocks/1/when"),
    ):
        with pytest.raises(InvalidError) as refused:
            proved(good, block)
        assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nhi \U0001f600", r"line 2, column 4: .* found U\+1F600"),
        ("\u202eevil", r"line 1, column 1: .* found U\+202E"),
        ("שלום", r"found U\+05E9"),
    ],
)
def test_letters_that_the_font_has_not_are_refused(text, said) -> None:
    with pytest.raises(InvalidError, match=said):
        proved(Block("footer", text))


def test_the_font_has_the_letters_of_europe() -> None:
    assert {ord(char) for char in "aZ09éßłőŘ€–’\u202f\u00a0"} <= letters(FOLDER)
