"""Lines as they are read: discounts below them, units of account beside them."""

from pathlib import Path

import pytest

from solde.adapters.render.lines import Group, groups
from solde.adapters.render.words import words
from tests.support.closed import english, french

TEMPLATES = Path(__file__).parents[4] / "templates"


def seen(document: dict) -> list[Group]:
    return list(groups(document, words(TEMPLATES, document["language"])))


def test_a_discount_stands_below_its_line_and_a_credit_says_it_is_in_the_price() -> None:
    document = french()
    (line,) = document["lines"]
    ten = {"id": "g", "name": "Bienvenue", "rank": 0, "percent": "10", "amount": 1_07}
    five = {"id": "h", "name": "Fidélité", "rank": 1, "amount": 5_00}
    line |= {"gross": 10_66, "discounts": [ten, five], "net": 4_59}
    shown = seen(document)
    assert [(row.description, row.amount) for row in shown[0].rows] == [
        ("Logiciel, par poste", "10,66\u00a0€"),
        ("Remise\u00a0: Bienvenue, 10\u00a0%", "−1,07\u00a0€"),
        ("Remise\u00a0: Fidélité", "−5,00\u00a0€"),
    ]
    assert shown[0].amount == "4,59\u00a0€"
    del line["gross"]
    (row,) = seen(document)[0].rows
    assert (row.amount, row.detail) == (
        "4,59\u00a0€",
        "Prix après remise\u00a0: Bienvenue, Fidélité",
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [(english(), "12,500 Credits × $0.02"), (french(), "12 500 Credits × 0,02 €")],
)
def test_an_amount_in_units_is_told_with_what_one_is_worth(document, said) -> None:
    line, unit = document["lines"][0], {"code": "credit", "name": "Credits", "value": "0.02"}
    line["price"]["unit"] = {**unit, "amount": "12500"}
    (row,) = seen(document)[0].rows
    assert row.detail.replace("\u202f", " ").replace("\u00a0", " ").startswith(said)
    line["price"]["unit"] = {**unit, "amount": "80000/31"}
    (row,) = seen(document)[0].rows
    assert "Credits" not in row.detail


def test_a_line_that_corrects_names_the_invoice_and_a_note_does_so_at_its_head() -> None:
    """CGI 289 I-5: what corrects an invoice refers to it."""
    document = french()
    document["lines"][0]["corrects"] = {"number": "FR-2013-000001", "issued_on": "2013-05-31"}
    (row,) = seen(document)[0].rows
    assert row.detail == "Rectifie FR-2013-000001 du 31/05/2013"
    document["kind"] = "credit_note"
    (row,) = seen(document)[0].rows
    assert row.detail == ""
