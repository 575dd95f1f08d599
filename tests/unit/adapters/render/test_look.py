"""Layers fold into one look: of each part the most specific that says it."""

from datetime import date

from solde.adapters.render.look import DEFAULT_COLUMNS, PLAIN, Style, look_of
from solde.domain.templates import Block, Template

DAY = date(2026, 12, 1)
HOUSE = Template(
    "FR",
    1,
    DAY,
    colours={"accent": "#111111", "tint": "#eeeeee"},
    columns=("description", "amount"),
    blocks=(Block("footer", "house"), Block("header", "one"), Block("header", "two")),
    show={"subtotals": False},
)
FRENCH = Template(
    "FR",
    1,
    DAY,
    language="fr",
    colours={"accent": "#222222"},
    blocks=(Block("footer", "maison"),),
)


def test_without_layers_a_document_looks_as_it_always_did() -> None:
    assert look_of([]) == PLAIN
    assert (PLAIN.columns, PLAIN.style.changed) == (DEFAULT_COLUMNS, "")
    assert PLAIN.shows("subtotals", usually=True)


def test_the_most_specific_layer_that_says_a_thing_counts() -> None:
    found = look_of([FRENCH, HOUSE])
    assert found.style == Style(accent="#222222", tint="#eeeeee")
    assert found.columns == ("description", "amount")
    assert [(one.place, one.text) for one in found.blocks] == [
        ("header", "one"),
        ("header", "two"),
        ("footer", "maison"),
    ]
    assert not found.shows("subtotals", usually=True)


def test_a_page_is_told_the_colours_that_are_not_the_usual_ones() -> None:
    assert (
        Style(accent="#222222", line="#333333").changed == ":root{--accent:#222222;--line:#333333}"
    )
