"""What a reader sees of a statement: what was carried in, moved and carried out, and its age."""

from pathlib import Path

import pytest

from solde.adapters.render.statement import NAMED, statement_view
from solde.adapters.render.words import words
from tests.support.papers import statement

TEMPLATES = Path(__file__).parents[4] / "templates"


def seen(document: dict):
    return statement_view(document, words(TEMPLATES, document["language"]))


def test_a_french_statement() -> None:
    shown = seen(statement("fr"))
    assert (shown.title, shown.number) == ("Relevé de compte", "01/06/2013 – 30/06/2013")
    assert shown.customer[0] == "United Air Lines Inc."
    assert dict(shown.facts) == {
        "Du – au": "01/06/2013 – 30/06/2013",
        "Encours au": "15 juillet 2013",
        "Devise": "EUR",
        "Client": "UA",
    }
    (group,) = shown.groups
    assert [(row.description, row.quantity, row.price, row.amount) for row in group.rows] == [
        ("Solde initial", "", "", "100,00\u00a0€"),
        ("Facture FR-2013-000002", "120,00\u00a0€", "", "220,00\u00a0€"),
        ("Paiement", "", "−220,00\u00a0€", "0,00\u00a0€"),
        ("Avoir FR-CN-2013-000001", "−12,00\u00a0€", "", "−12,00\u00a0€"),
        ("Remboursement", "", "30,00\u00a0€", "18,00\u00a0€"),
        ("Facture FR-2013-000003", "60,00\u00a0€", "", "78,00\u00a0€"),
    ]
    assert [row.service for row in group.rows][:3] == ["01/06/2013", "02/06/2013", "05/06/2013"]


def test_opening_documents_and_settlements_come_to_what_is_carried_out() -> None:
    """100.00 + 168.00 - 190.00 = 78.00."""
    shown = seen(statement("en"))
    assert shown.totals == (
        ("Opening balance", "$100.00"),
        ("Documents", "$168.00"),
        ("Settlements", "−$190.00"),
    )
    assert shown.due == ("Closing balance", "$78.00")


def test_what_is_open_stands_by_its_age_and_credit_apart() -> None:
    shown = seen(statement("en"))
    assert shown.beside_columns == ("Open on Jul 15, 2013", "Amount")
    assert shown.beside == (
        ("Not due", "$60.00"),
        ("Overdue 1 to 30 days", "$18.00"),
        ("Overdue 31 to 60 days", "$0.00"),
        ("Overdue 61 to 90 days", "$0.00"),
        ("Overdue more than 90 days", "$5.00"),
        ("Credit not yet applied", "$5.00"),
    )
    shown = seen(statement("en") | {"deposits": 518_25})
    assert shown.beside[-1] == ("Deposits not yet deducted", "$518.25")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_of_fact_has_a_word_and_an_unknown_one_is_another_entry(language) -> None:
    document = statement(language)
    (model, *_) = document["rows"]
    document["rows"] = [model | {"kind": kind} for kind in (*NAMED, "of_next_year")]
    said = [row.description for row in seen(document).groups[0].rows[1:]]
    assert len({*said}) == len(NAMED) + 1
    assert said[-1] in ("Other entry", "Autre écriture")


def test_an_empty_statement_shows_what_was_carried_in() -> None:
    document = statement("en") | {"rows": []}
    (row,) = seen(document).groups[0].rows
    assert (row.description, row.amount) == ("Opening balance", "$100.00")
