"""What a seller's profile lacks is told by field, rule and example, before the first invoice."""

import json

import pytest

from local.doctor.profile import WANTED, lacks_of, read_entity
from local.errors import LocalCloudError


def entity(country: str = "FR", regime: str = "FR", **more) -> dict:
    return {"address": {"country": country}, "tax_regime": regime, "registration": {}, **more}


WHOLE = {
    "siren": "123456782",
    "legal_form": "SAS",
    "capital": "50 000 €",
    "register": "RCS Lyon 123 456 782",
    "vat_id": "FR32123456782",
    "iban": "FR7630006000011234567890189",
    "email": "a@b.example",
}


def lacks(said: dict) -> list[str]:
    found = [one.what.split(" ")[0] for one in lacks_of(said) if one.todo]
    return [one.removeprefix("registration.") for one in found]


def test_a_french_seller_lacks_all_that_the_law_wants_printed() -> None:
    assert lacks(entity()) == [
        *("siren", "legal_form", "capital", "register", "vat_id", "iban", "email")
    ]
    assert lacks(entity(registration=WHOLE)) == []


@pytest.mark.parametrize(
    ("country", "found"),
    [
        ("DE", ["legal_form", "register", "vat_id", "iban", "email"]),
        ("ES", ["register", "vat_id", "iban", "email"]),
        ("IT", ["legal_form", "capital", "register", "vat_id", "iban", "email"]),
        ("NL", ["register", "vat_id", "iban", "email"]),
        ("BE", ["register", "vat_id", "iban", "email"]),
        ("GB", ["register", "vat_id", "iban", "email"]),
        ("US", ["vat_id", "iban", "email"]),
    ],
)
def test_each_country_wants_its_own(country, found) -> None:
    assert lacks(entity(country)) == found


def test_who_charges_no_tax_needs_no_vat_id() -> None:
    assert lacks(entity("US", "none")) == ["iban", "email"]


def test_a_number_that_is_no_siren_is_told() -> None:
    said = entity(registration=WHOLE | {"siren": "123456789"})
    assert lacks(said) == ["siren"]


def test_a_structured_invoice_is_sent_from_an_address() -> None:
    named = {name: text for name, text in WHOLE.items() if name != "vat_id"}
    assert lacks(entity("FR", "none", registration=named, e_invoice="fr-ctc")) == []
    bare = {"iban": "x", "email": ""}
    found = lacks(entity("US", "none", registration=bare, e_invoice="peppol"))
    assert found == ["email", "endpoint"]


def test_each_finding_says_the_rule_and_how_to_set_it() -> None:
    first = next(iter(lacks_of(entity())))
    assert first.what == "registration.siren (CGI annexe II 242 nonies A I-1; C. com. R123-237)"
    assert first.said == "not there"
    assert first.todo == 'POST /v1/entities, next version, "siren": "123456782"'
    assert all(one.source and one.example for one in WANTED)


def test_an_agreed_rate_of_late_payment_is_shown() -> None:
    (*_, last) = lacks_of(entity(registration=WHOLE, late_percent="12.5"))
    assert (last.said, last.todo) == ("12.5 % a year", "")


def test_a_file_that_is_no_entity_is_refused(tmp_path) -> None:
    path = tmp_path / "entity.json"
    for text, said in (("[]", "address, tax_regime"), ("{", "as JSON"), ("{}", "an entity")):
        path.write_text(text)
        with pytest.raises(LocalCloudError, match=said):
            read_entity(path)
    path.write_text(json.dumps(entity()))
    assert read_entity(path) == entity()
    with pytest.raises(LocalCloudError, match="expected an entity as JSON"):
        read_entity(tmp_path / "none.json")
