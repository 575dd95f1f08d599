"""Who bills and who is billed, as printed: no more, and no less, than a document needs."""

from dataclasses import replace
from datetime import date

from solde.domain.invoicing.parties import (
    Address,
    Customer,
    Entity,
    address_document,
    customer_document,
    entity_document,
)
from solde.domain.tax.standing import Evidence, Standing

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
