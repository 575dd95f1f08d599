"""Who writes and who is written to: names, addresses, and what the law wants known."""

from pathlib import Path

import pytest

from solde.adapters.render.parties import customer_of, registered, seller_of
from solde.adapters.render.words import words

SAID = words(Path(__file__).parents[4] / "templates", "fr")
ADDRESS = {"lines": ["8 place Bellecour"], "postcode": "69002", "city": "Lyon", "country": "FR"}


def party(**facts: str) -> dict:
    return {"name": "Rhône SAS", "address": ADDRESS, "registration": facts}


def test_names_stand_above_addresses() -> None:
    lines = ("Rhône SAS", "8 place Bellecour", "69002 Lyon", "France")
    assert seller_of(party(siren="001122332"), SAID) == lines
    assert customer_of(party(), SAID) == lines
    assert customer_of(party(siren="001122332"), SAID) == (*lines, "SIREN 001122332")


def test_a_place_without_a_postcode_is_its_city() -> None:
    where = ADDRESS | {"postcode": "", "country": "ZZZ"}
    assert seller_of(party() | {"address": where}, SAID)[2:] == ("Lyon", "ZZZ")


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({}, []),
        ({"legal_form": "SAS"}, []),  # a form without its capital says nothing
        ({"legal_form": "SAS", "capital": "1 €"}, ["SAS au capital de 1 €"]),
        ({"vat_id": "FR1", "siren": "2"}, ["SIREN 2", "N°\u00a0TVA FR1"]),
        ({"email": "a@b.test", "iban": "FR76", "register": "RCS Lyon"}, None),
    ],
)
def test_what_the_law_wants_known_stands_in_one_order(facts, lines) -> None:
    expected = ["RCS Lyon", "IBAN FR76", "a@b.test"] if lines is None else lines
    assert list(registered(party(**facts), SAID)) == expected
