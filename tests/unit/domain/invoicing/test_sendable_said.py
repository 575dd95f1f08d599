"""What a draft lacks, in the words in which it is told."""

import pytest

from solde.domain.invoicing.sendable import lacking, lacking_for
from tests.unit.domain.invoicing.test_sendable import SIREN, draft, lacks

__all__ = ["draft"]
MENTIONS = "no_discount, late_penalty, recovery_fee"
DIGITS = "9 digits with their check digit"
VAT_ID, NUMBER = "a VAT id", "a country's prefix and a valid number"
IBAN, ENDPOINT = "an IBAN with its check digits", "a scheme of electronic addresses"
OFF = "FR7630006000011234567890188"
CREDITOR, SIRET = "a creditor identifier with its check digits", "14 digits after the SIREN"


@pytest.mark.parametrize(
    ("who", "facts", "lack"),
    [
        ("entity", {"siren": ""}, ("BR-FR-10", DIGITS, "")),
        ("entity", {"siren": "001122333"}, ("BR-FR-10", DIGITS, "001122333")),
        ("entity", {"vat_id": ""}, ("BR-S-02", VAT_ID, "")),
        ("entity", {"vat_id": "41001122332"}, ("BR-CO-09", NUMBER, "41001122332")),
        ("entity", {"vat_id": "FR42001122332"}, ("BR-CO-09", NUMBER, "FR42001122332")),
        ("entity", {"iban": "FR76 3000 6000 0112 3456 7890 188"}, ("BT-84", IBAN, OFF)),
        ("entity", {"iban": "not one"}, ("BT-84", IBAN, "notone")),
        ("entity", {"endpoint": "9999:1"}, ("BR-CL-25", ENDPOINT, "9999")),
        ("entity", {"creditor_id": "FR73ZZZ123456"}, ("BT-90", CREDITOR, "FR73ZZZ123456")),
        ("entity", {"creditor_id": "72ZZZ123456"}, ("BT-90", CREDITOR, "72ZZZ123456")),
        ("customer", {"debtor_iban": "FR152004"}, ("BT-91", IBAN, "FR152004")),
        ("customer", {"card_last4": "4111111111111111"}, ("BR-51", "4 digits", "4111111111111111")),
        ("entity", {"siret": "00112233"}, ("BR-FR-09", SIRET, "00112233")),
        ("entity", {"siret": "73282932000074"}, ("BR-FR-09", SIRET, "73282932000074")),
        ("customer", {"siren": "998877665"}, ("BR-FR-11", DIGITS, "998877665")),
        ("customer", {"endpoint": "0225:1"}, ("BR-FR-21", f"0225:{SIREN}…", "0225:1")),
        (
            "customer",
            {"endpoint": f"0009:{SIREN}"},
            ("BR-FR-21", f"0225:{SIREN}…", f"0009:{SIREN}"),
        ),
        (
            "customer",
            {"endpoint": f"0225:{SIREN} x"},
            ("BR-FR-23", "letters, digits, - _ .", f"{SIREN} x"),
        ),
    ],
)
def test_each_fact_is_looked_at(draft, who, facts, lack) -> None:
    draft[who]["registration"] |= facts
    rule, expected, found = lack
    field = f"{who}.registration.{next(iter(facts))}"
    assert list(lacking(draft)) == [(rule, field, expected, found)]


@pytest.mark.parametrize(
    ("who", "field", "value"),
    [
        ("entity", "siret", "00112233200014"),
        ("entity", "creditor_id", "FR72ZZZ123456"),  # the example of the Banque de France
        ("entity", "iban", "GB82 WEST 1234 5698 7654 32"),  # the example of ISO 13616
        ("entity", "vat_id", "EL123456789"),
        ("customer", "debtor_iban", "FR14 2004 1010 0505 0001 3M02 606"),
        ("customer", "card_last4", "4242"),
        ("customer", "endpoint", f"0225:{SIREN}_12345678901234_a-b.c"),
    ],
)
def test_what_is_right_lacks_nothing(draft, who, field, value) -> None:
    draft[who]["registration"][field] = value
    assert lacks(draft) == []


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        (
            {"kind": "quote"},
            (
                "BR-04",
                "kind",
                "one of invoice, deposit, credit_note, corrective, self_billed",
                "quote",
            ),
        ),
        ({"currency": "KWD"}, ("BR-DEC-23", "currency", "one of at most 2 decimals", "KWD")),
        (
            {"tax_level": "line"},
            ("BR-CO-17", "tax_level", "tax of the sum of each category and rate", "line"),
        ),
        (
            {"kind": "corrective"},
            ("BR-FR-CO-04", "corrects", "the one invoice that it takes the place of", "0"),
        ),
        (
            {"kind": "corrective", "corrects": [{}, {}]},
            ("BR-FR-CO-04", "corrects", "the one invoice that it takes the place of", "2"),
        ),
        ({"mentions": []}, ("BR-FR-05", "mentions", f"{MENTIONS} of a French seller", "")),
        (
            {"attachments": [{"id": "BL-2"}]},
            ("BR-FR-17", "attachments", "a code of a supporting document", "BL-2"),
        ),
        ({"currency": "USD"}, ("BR-FR-CO-12", "accounting.currency", "tax in EUR", "USD")),
    ],
)
def test_what_no_profile_says_is_said_with_what_it_would_be(draft, fields, lack) -> None:
    assert list(lacking_for(draft | fields, "fr-ctc")) == [lack]


def test_peppol_is_told_which_kinds_it_has_not(draft) -> None:
    draft["entity"]["e_invoice"] = "peppol"
    found = list(lacking(draft | {"kind": "corrective", "corrects": [{"id": "inv_1"}]}))
    assert found == [("P0100", "kind", "a kind that Peppol's billing has", "corrective")]


def test_who_owes_the_tax_is_told_what_is_missing(draft) -> None:
    draft["entity"]["e_invoice"] = "en16931"
    draft["taxes"][0]["category"] = "K"
    draft["customer"]["registration"] = {"siren": SIREN}
    assert list(lacking(draft)) == [("BR-IC-02", "customer.registration.vat_id", "a VAT id", "")]
    draft["customer"]["registration"] = {"vat_id": "DE123456789"}
    assert lacks(draft) == []


def test_what_takes_the_place_of_one_invoice_lacks_nothing(draft) -> None:
    assert lacks(draft | {"kind": "corrective", "corrects": [{"id": "inv_1"}]}) == []


def test_a_small_tax_is_in_euros_and_none_is_in_nothing(draft) -> None:
    draft["totals"]["tax"] = 1
    assert lacks(draft | {"currency": "USD"}) == [("BR-FR-CO-12", "accounting.currency")]
    draft["totals"]["tax"] = 0
    assert lacks(draft | {"currency": "USD"}) == []


def test_who_says_a_siren_abroad_is_held_to_it(draft) -> None:
    draft["customer"]["address"]["country"] = "DE"
    draft["customer"]["registration"] = {"siren": "998877665", "vat_id": "DE123456789"}
    assert ("BR-FR-11", "customer.registration.siren") in lacks(draft)


def test_a_french_seller_without_any_fact_is_told_all_of_it(draft) -> None:
    draft["entity"]["registration"] = {}
    draft["taxes"][0]["rate"] = "21"
    assert list(lacking(draft)) == [
        ("BR-S-02", "entity.registration.vat_id", VAT_ID, ""),
        ("BR-FR-10", "entity.registration.siren", DIGITS, ""),
        ("BR-FR-13", "entity.registration.endpoint", "an electronic address", ""),
        ("BR-FR-16", "taxes.rate", "a French rate", "21"),
    ]
