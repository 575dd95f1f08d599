"""Who bills and who is billed, as printed: no more, and no less, than a document needs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import (
    ENTITY_FIELDS,
    Address,
    Customer,
    Entity,
    address_document,
    customer_document,
    entity_document,
    templates_document,
    terms_document,
)
from solde.domain.invoicing.separation import Separation
from solde.domain.invoicing.ways import Ways, WaysFrom
from solde.domain.tax import SHIPPED, Regime
from solde.domain.tax.standing import Evidence, Standing, Vies
from solde.domain.templates import Choice

ADDRESS = Address(("8 place Bellecour", "Bât. C"), "69002", "Lyon", "FR")
SELLER = Entity(
    "fr", 3, "Énergie du Rhône SAS", ADDRESS, "EUR", "fr", "Europe/Paris", "FR", "F", 30
)
CUSTOMER = Customer("cus_1", "fr", "Acme", ADDRESS, "a@example.test", "fr", external_id="A-1")


def test_an_address_is_told_line_by_line() -> None:
    assert address_document(ADDRESS) == {
        "lines": ["8 place Bellecour", "Bât. C"],
        "postcode": "69002",
        "city": "Lyon",
        "country": "FR",
    }


def test_the_seller_is_told_in_the_version_that_bills() -> None:
    found = entity_document(replace(SELLER, registration={"siren": "001122332"}))
    assert found == {
        "code": "fr",
        "version": 3,
        "name": "Énergie du Rhône SAS",
        "address": address_document(ADDRESS),
        "registration": {"siren": "001122332"},
    }
    assert entity_document(SELLER)["registration"] == {}


def test_a_profile_is_told_where_there_is_one() -> None:
    assert "e_invoice" not in entity_document(SELLER)
    assert entity_document(replace(SELLER, e_invoice="fr-ctc"))["e_invoice"] == "fr-ctc"


def test_the_customer_is_told_as_he_is_addressed() -> None:
    assert customer_document(CUSTOMER) == {
        "id": "cus_1",
        "external_id": "A-1",
        "name": "Acme",
        "address": address_document(ADDRESS),
        "email": "a@example.test",
        "business": False,
        "registration": {},
    }


def test_a_document_keeps_a_registration_of_its_own() -> None:
    said = {"vat_id": "FR41001122332"}
    found = customer_document(replace(CUSTOMER, business=True, registration=said))
    said["vat_id"] = "changed"
    assert (found["business"], found["registration"]) == (True, {"vat_id": "FR41001122332"})


BUSINESS = Standing(date(2027, 6, 1), True, evidence=Evidence(siren="732829320"))


def test_a_claim_counts_where_a_siren_stands_beside_it() -> None:
    claimed = replace(CUSTOMER, business=True)
    proved = replace(claimed, registration={"siren": "732829320"})
    found = [one.as_of(date(2027, 6, 1)).business for one in (CUSTOMER, claimed, proved)]
    assert found == [False, False, True]
    assert proved.as_of(date(2027, 6, 1)) is proved


def test_what_is_known_on_a_day_is_frozen_on_its_documents() -> None:
    known = replace(CUSTOMER, standings=(BUSINESS, Standing(date(2027, 8, 1))))
    told = [
        customer_document(known.as_of(date.fromisoformat(day)))
        for day in ("2027-05-31", "2027-06-01", "2027-08-01")
    ]
    assert [one["business"] for one in told] == [False, True, False]
    assert told[1]["registration"] == {"siren": "732829320"}
    assert told[1]["standing"] == {
        "since": "2027-06-01",
        "business": True,
        "category": "S",
        "reason": "",
        "evidence": {"siren": "732829320"},
    }
    assert [one["standing"]["since"] for one in told[1:]] == ["2027-06-01", "2027-08-01"]
    assert "standing" not in told[0]


def test_what_proves_a_business_is_said_whole() -> None:
    """What the register answered, when, and by which number of its answer."""
    answered = Vies(True, datetime(2027, 5, 2, 10, tzinfo=UTC), "WAPIAAAA")
    evidence = Evidence(vat_id="DE123456789", vies=answered)
    known = replace(CUSTOMER, standings=(Standing(date(2027, 6, 1), True, evidence=evidence),))
    told = customer_document(known.as_of(date(2027, 6, 1)))
    assert told["registration"] == {"vat_id": "DE123456789"}
    assert told["standing"]["evidence"] == {
        "vat_id": "DE123456789",
        "vies": {"valid": True, "at": "2027-05-02T10:00:00+00:00", "reference": "WAPIAAAA"},
    }


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {}),
        ({"terms_kind": "end_of_month_plus_days"}, {"kind": "end_of_month_plus_days"}),
        ({"due_roll": "following"}, {"roll": "following"}),
        ({"due_roll": "following", "due_calendar": "FR"}, {"roll": "following", "calendar": "FR"}),
    ],
)
def test_terms_say_what_is_not_usual(fields, said) -> None:
    found = terms_document(replace(SELLER, **fields), 45, "charge")
    assert found == {"days": 45, "collection": "charge", **said}


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"e_invoice": "fr-ctc", "tax_level": "line"}, "/tax_level"),
        ({"late_percent": "12", "address": replace(ADDRESS, country="DE")}, "/late_percent"),
        ({"due_calendar": "FR"}, "/due_calendar"),
    ],
)
def test_what_does_not_go_together_is_refused(fields, pointer) -> None:
    with pytest.raises(InvalidError) as refused:
        replace(SELLER, **fields)
    assert refused.value.pointer == pointer


def test_what_goes_together_is_taken() -> None:
    """A rate of late charges in France; none abroad; a calendar with a day to go to."""
    assert replace(SELLER, late_percent="12").late_percent == "12"
    assert replace(SELLER, address=replace(ADDRESS, country="DE")).late_percent == ""
    assert replace(SELLER, due_roll="following", due_calendar="FR").due_calendar == "FR"


def test_what_nobody_says_is_this() -> None:
    usual: dict[str, Any] = {
        "fiscal_year_starts": 1,
        "approval": "automatic",
        "inclusive_tax": "base",
        "grace_hours": 0,
        "due_roll": "",
        "due_calendar": "",
        "late_percent": "",
    }
    assert {name: getattr(SELLER, name) for name in usual} == usual
    plain = Customer("cus_1", "fr", "Acme", ADDRESS, "", "")
    usual = {
        "external_id": "",
        "collection": "send",
        "invoice_day": 0,
        "parent_id": "",
        "group": "",
        "addresses": (),
        "delivery": None,
    }
    assert {name: getattr(plain, name) for name in usual} == usual


def test_an_entity_says_its_fields_and_neither_taxes_nor_templates() -> None:
    assert {"code", "late_percent", "delivery"} <= set(ENTITY_FIELDS)
    assert not {"taxes", "templates"} & set(ENTITY_FIELDS)


def test_its_taxes_are_its_own_or_those_that_are_shipped() -> None:
    own = Regime("FR", 7, {})
    assert SELLER.regime is SHIPPED["FR"]
    assert replace(SELLER, taxes=own).regime is own


def test_mail_goes_to_the_first_address_then_to_the_others_each_once() -> None:
    others = ("b@example.test", "", "a@example.test")
    found = replace(CUSTOMER, backup_emails=others).addresses
    assert found == ("a@example.test", "b@example.test")


def test_the_last_choice_of_ways_counts() -> None:
    mail, drop = Ways(), Ways(("drop",), folder="a")
    days = [date(2027, 1, number) for number in (1, 2, 3)]
    chosen = tuple(map(WaysFrom, (1, 2, 3), days, (mail, mail, drop)))
    assert replace(CUSTOMER, choices=chosen).delivery == drop


def test_what_keeps_apart_goes_by_the_day_else_by_what_was_said_before() -> None:
    facts = (Separation(date(2027, 7, 1), ("purchase_order",)),)
    known = replace(CUSTOMER, separate=("cost_centre",), separations=facts)
    found = [known.separate_on(date(2027, month, 1)) for month in (6, 7)]
    assert found == [("cost_centre",), ("purchase_order",)]


def test_a_group_and_its_templates_are_said_where_there_are_any() -> None:
    assert "group" not in customer_document(CUSTOMER)
    member = replace(CUSTOMER, group="vip", language="")
    assert customer_document(member)["group"] == "vip"
    choices = tuple(
        Choice(name, number, date(2027, 1, number))
        for number, name in enumerate(("fr", "fr:vip", "fr:other"), 1)
    )
    seller = replace(SELLER, templates=choices)
    assert templates_document(SELLER, member) == {}
    assert templates_document(replace(SELLER, templates=choices[2:]), member) == {}
    assert templates_document(seller, member) == {
        "templates": [
            {"template": "fr:vip", "version": 2, "since": "2027-01-02"},
            {"template": "fr", "version": 1, "since": "2027-01-01"},
        ]
    }


@pytest.mark.parametrize(
    ("name", "form", "country", "shown"),
    [
        ("Jeanne Roux", "EI", "FR", "Jeanne Roux EI"),
        ("Jeanne Roux", "Entrepreneur individuel", "FR", "Jeanne Roux EI"),
        ("EI Jeanne Roux", "EI", "FR", "EI Jeanne Roux"),
        (
            "Jeanne Roux, Entrepreneur individuel",
            "EI",
            "FR",
            "Jeanne Roux, Entrepreneur individuel",
        ),
        ("VEIT", "EI", "FR", "VEIT EI"),
        ("Jeanne Roux", "SAS", "FR", "Jeanne Roux"),
        ("Jeanne Roux", "EI", "BE", "Jeanne Roux"),
    ],
)
def test_a_french_sole_trader_is_called_one(name, form, country, shown) -> None:
    address = replace(SELLER.address, country=country)
    seller = replace(SELLER, name=name, address=address, registration={"legal_form": form})
    assert entity_document(seller)["name"] == shown
