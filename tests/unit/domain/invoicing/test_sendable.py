"""What a profile wants and a draft lacks, by rule and field, before a number is drawn."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.invoicing.canonical import opened
from solde.domain.invoicing.sendable import lacking, must_be_sendable
from solde.domain.pricing.flat import Flat
from tests.support.official_rules import broken
from tests.support.story import Story
from tests.support.structured import golden, structured

SIREN = "732829320"
"""Its digits, every second doubled from the right: 0+4+3+18−9+2+16−9+2+6+7 = 40."""


@pytest.fixture
def draft() -> dict[str, Any]:
    document = dict(opened(golden()["closed-invoice"]))
    document["entity"]["e_invoice"] = "fr-ctc"
    document["customer"]["registration"]["siren"] = SIREN
    return document


def lacks(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.rule, one.field) for one in lacking(document)]


def test_a_whole_document_lacks_nothing(draft) -> None:
    assert lacks(draft) == []
    must_be_sendable(draft)


def test_a_french_business_without_siren_has_no_address_either(draft) -> None:
    draft["customer"]["registration"] = {}
    assert lacks(draft) == [
        ("BR-FR-11", "customer.registration.siren"),
        ("BR-FR-12", "customer.registration.endpoint"),
    ]


def test_a_business_abroad_is_known_by_its_vat_id(draft) -> None:
    draft["customer"]["address"]["country"] = "DE"
    draft["customer"]["registration"] = {"vat_id": "DE123456789"}
    assert lacks(draft) == []


@pytest.mark.parametrize(("category", "rule"), [("K", "BR-IC-02"), ("AE", "BR-AE-02")])
def test_who_owes_the_tax_has_an_id(draft, category, rule) -> None:
    draft["entity"]["e_invoice"] = "en16931"
    draft["taxes"][0]["category"] = category
    assert lacks(draft) == ([(rule, "customer.registration.vat_id")] if category == "K" else [])
    draft["customer"]["registration"] = {}
    assert lacks(draft) == [(rule, "customer.registration.vat_id")]


def test_outside_the_scope_of_vat_nobody_needs_an_id(draft) -> None:
    draft["entity"] |= {"e_invoice": "en16931", "registration": {}}
    draft["taxes"] = [{"category": "O", "rate": "0", "base": 1, "tax": 0}]
    assert lacks(draft) == []


def test_who_charges_no_tax_may_have_a_siren_alone(draft) -> None:
    """A small business (CGI 293 B) has no VAT id to give."""
    del draft["entity"]["registration"]["vat_id"]
    for one in draft["taxes"]:
        one |= {"category": "E", "rate": "0", "tax": 0, "reason": "VATEX-FR-FRANCHISE"}
    assert lacks(draft) == []
    draft["entity"] |= {"e_invoice": "en16931", "registration": {}}
    assert lacks(draft) == [("BR-E-02", "entity.registration.vat_id")]


def test_kinds_that_a_profile_has_not_are_refused(draft) -> None:
    draft |= {"kind": "corrective", "corrects": []}
    assert lacks(draft) == [("BR-FR-CO-04", "corrects")]
    draft |= {"kind": "self_billed"}
    facts = draft["customer"]["registration"]
    facts["vat_id"] = "FR44732829320"  # (12 + 3 × 732829320) mod 97
    assert lacks(draft) == []
    draft["entity"]["e_invoice"] = "peppol"
    assert lacks(draft) == [("P0100", "kind")]
    assert lacks(draft | {"kind": "quote"}) == [("BR-04", "kind")]


def test_of_a_seller_who_is_the_customer_the_same_is_wanted(draft) -> None:
    draft |= {"kind": "self_billed"}
    draft["customer"]["registration"] |= {"iban": "DE00", "siren": ""}
    found = lacks(draft)
    assert ("BR-S-02", "customer.registration.vat_id") in found
    assert ("BT-84", "customer.registration.iban") in found
    assert ("BR-FR-10", "customer.registration.siren") in found


def test_codes_are_those_of_the_lists(draft) -> None:
    draft["entity"]["e_invoice"] = "peppol"
    draft["customer"]["registration"]["endpoint"] = "EM:a@b.test"
    draft["lines"][0]["expression"]["unit"] = "ZZ9"
    draft["taxes"][0]["reason"] = "VATEX-EU-999"
    scheme = "a scheme of electronic addresses"
    assert list(lacking(draft)) == [
        ("BR-CL-23", "lines.expression.unit", "a unit of Recommendation 20", "ZZ9"),
        ("BR-CL-22", "taxes.reason", "a code of the list VATEX", "VATEX-EU-999"),
        ("CL008", "customer.registration.endpoint", scheme, "EM"),
    ]


def test_a_supporting_document_has_a_code_of_france(draft) -> None:
    draft["attachments"] = [
        {"id": "BL-1", "description": "BON_LIVRAISON"},
        {"id": "BL-3", "description": "RECAPITULATIF_COTRAITANCE"},
    ]
    assert lacks(draft) == []
    draft["attachments"].append({"id": "BL-2", "description": "Delivery note"})
    assert lacks(draft) == [("BR-FR-17", "attachments")]


def test_peppol_wants_addresses(draft) -> None:
    draft["entity"] |= {"e_invoice": "peppol", "registration": {"vat_id": "US12"}}
    draft["customer"] |= {"registration": {}, "email": ""}
    address = "an electronic address"
    assert list(lacking(draft)) == [
        ("R010", "customer.registration.endpoint", address, ""),
        ("R020", "entity.registration.endpoint", address, ""),
    ]


def test_france_wants_its_mentions_its_rates_and_its_currency(draft) -> None:
    draft["mentions"] = [{"code": "no_discount"}]
    draft["taxes"][0]["rate"] = "21"
    draft["currency"] = "USD"
    found = {one.rule: str(one) for one in lacking(draft)}
    assert list(found) == ["BR-FR-05", "BR-FR-16", "BR-FR-CO-12"]
    assert "late_penalty, recovery_fee" in found["BR-FR-05"]
    assert found["BR-FR-16"].endswith("expected a French rate, found '21'")
    draft["accounting"] = {"currency": "EUR"}
    assert "BR-FR-CO-12" not in [one.rule for one in lacking(draft)]


@pytest.mark.parametrize("change", [{"business": False}, {}])
def test_without_a_structured_invoice_nothing_is_lacking(draft, change) -> None:
    draft["entity"]["registration"] = {}
    draft["customer"] |= change
    if not change:
        del draft["entity"]["e_invoice"]
    must_be_sendable(draft)


def test_all_that_is_lacking_is_told_at_once_and_the_first_is_pointed_at(draft) -> None:
    draft["entity"]["registration"] = {"iban": "FR00"}
    with pytest.raises(InvalidError) as wrong:
        must_be_sendable(draft)
    assert wrong.value.pointer == "/entity/registration/vat_id"
    told = str(wrong.value)
    assert "BR-S-02: entity.registration.vat_id: expected a VAT id, found ''" in told
    assert "BT-84" in told
    assert "BR-FR-10" in told


@pytest.mark.parametrize(
    ("who", "facts", "rule"),
    [
        ("entity", {"siren": ""}, "BR-FR-10"),
        ("entity", {"vat_id": ""}, "BR-S-02"),
        ("customer", {"siren": ""}, "BR-FR-12"),
    ],
)
def test_the_official_rules_find_the_same(draft, who, facts, rule) -> None:
    document = golden()["closed-invoice"]
    document[who]["registration"] |= facts
    draft[who]["registration"] |= facts
    assert rule in [found for found, _ in lacks(draft)]
    official = broken(structured(document, "fr-ctc")["cii"], french=True)
    assert any(one.startswith(rule) for one in official)


def test_a_run_plans_no_document_that_could_not_be_sent() -> None:
    """Who is planned in a run is parked with what is told here."""
    story = Story(regime="FR", says={"e_invoice": "fr-ctc"})
    story.customer = replace(story.customer, business=True, registration={"siren": SIREN})
    story.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("49.00")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    with pytest.raises(InvalidError, match=r"BR-S-02: entity\.registration\.vat_id"):
        story.bills("2027-06-01")
    assert story.documents == []
