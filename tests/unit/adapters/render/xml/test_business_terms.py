"""From a closed document to business terms: each fact in its place, none of them computed."""

from typing import Any

import pytest

from solde.adapters.render.words import words
from solde.adapters.render.xml.business_terms import business_terms
from solde.adapters.render.xml.terms import BusinessTerms
from solde.domain.errors import InvalidError
from tests.support.structured import TEMPLATES, between_businesses, golden

GOLDEN = golden()


def said(document: dict[str, Any], profile: str = "fr-ctc") -> BusinessTerms:
    return business_terms(document, words(TEMPLATES, document["language"]), profile)


@pytest.fixture
def invoice() -> dict[str, Any]:
    return golden()["closed-invoice"]


def test_head_and_totals(invoice) -> None:
    found = said(invoice)
    assert (found.type_code, found.number, found.issued_on, found.due_on) == (
        "380",
        "FR-2027-000042",
        "2027-07-01",
        "2027-07-31",
    )
    assert (found.start, found.end) == ("2027-06-01", "2027-07-31")
    totals = found.totals
    assert (totals.lines, totals.net, totals.tax) == ("92.76", "92.76", "17.17")
    assert (totals.gross, totals.prepaid, totals.due) == ("109.93", "0.00", "109.93")
    assert (totals.allowances, totals.rounding) == ("", "")
    assert [(one.rate, one.base, one.amount) for one in found.taxes] == [
        ("10", "13.79", "1.38"),
        ("20", "78.97", "15.79"),
    ]


def test_lines_say_what_the_page_says(invoice) -> None:
    fee, seats, calls = said(invoice).lines
    assert (fee.quantity, fee.price, fee.net, fee.name) == ("1", "49", "49.00", "Standard")
    assert (seats.quantity, seats.unit, seats.base_quantity) == ("3", "C62", "")
    assert (calls.start, calls.end) == ("2027-06-01", "2027-06-30")
    assert calls.description.replace("\xa0", " ") == "100 × 0,10 €  ·  50,5 × 0,075 €"
    assert fee.object_id == "é-1"


def test_a_credit_note_names_its_invoice_and_asks_for_nothing() -> None:
    found = said(GOLDEN["closed-credit-note"])
    assert found.credit_note
    assert found.type_code == "381"
    assert found.originals == (("FR-2027-000042", "2027-07-01"),)
    assert found.payment is None
    assert found.terms
    (fee, _) = found.lines
    assert (fee.quantity, fee.unit, fee.price, fee.base_quantity) == ("21", "DAY", "49", "31")
    assert fee.net == "33.19"


def test_discounts_of_a_line_are_taken_off_its_gross() -> None:
    (line,) = said(GOLDEN["discounted-fr"]).lines
    assert line.net == "4.59"
    assert [(one.amount, one.reason.replace("\xa0", " ")) for one in line.allowances] == [
        ("1.07", "Remise : Bienvenue, 10 %"),
        ("5.00", "Remise : Fidélité"),
    ]


def test_discounts_of_the_document_stand_beside_their_category(invoice) -> None:
    """78.97 at 20 % less 7.90: 71.07, tax 14.21; 10 % as it was."""
    invoice |= {
        "allowances": [
            {
                "id": "g",
                "name": "Fidélité",
                "rank": 0,
                "percent": "10",
                "amount": 7_90,
                "tax": {"category": "S", "rate": "20"},
            }
        ]
    }
    invoice["totals"] |= {"lines": 92_76, "allowances": 7_90, "net": 84_86}
    found = said(invoice)
    assert (found.totals.lines, found.totals.allowances, found.totals.net) == (
        "92.76",
        "7.90",
        "84.86",
    )
    (one,) = found.allowances
    assert (one.amount, one.tax.category, one.tax.rate) == ("7.90", "S", "20")


def test_where_prices_include_tax_a_line_is_its_part_of_the_base(invoice) -> None:
    """9.99 at 20 %: 8.33 and 1.67, which is 0.01 too much (R13)."""
    (line, *_) = invoice["lines"]
    line |= {"net": 8_33, "with_tax": 9_99}
    line["expression"]["price"] = "9.99"
    invoice |= {"inclusive": "base", "lines": [line]}
    invoice["totals"] = {
        "net": 8_33,
        "tax": 1_67,
        "gross": 9_99,
        "prepaid": 0,
        "due": 9_99,
        "rounding": -1,
    }
    found = said(invoice)
    (one,) = found.lines
    assert (one.quantity, one.price, one.net) == ("1", "8.33", "8.33")
    assert (found.totals.gross, found.totals.rounding, found.totals.due) == (
        "10.00",
        "-0.01",
        "9.99",
    )


@pytest.mark.parametrize(
    ("option", "at", "due"),
    [
        ("debits", "issue", "debits"),
        ("payment", "payment", "payment"),
        ("payment", "delivery", ""),
    ],
)
def test_when_tax_is_due(invoice, option, at, due) -> None:
    invoice["tax_due"] = option
    for line in invoice["lines"]:
        line["tax"]["due"] = {"at": at}
    found = said(invoice)
    assert found.tax_due == due
    assert all(one.due is bool(due) for one in found.taxes)


def exempt(document: dict[str, Any], category: str, reason: str) -> dict[str, Any]:
    for one in (*document["taxes"], *(line["tax"] for line in document["lines"])):
        one |= {"category": category, "rate": "0", "reason": reason}
    return document


@pytest.mark.parametrize(
    ("category", "reason", "words_of_it"),
    [
        ("AE", "VATEX-EU-AE", "Autoliquidation"),
        ("K", "VATEX-EU-IC", "intracommunautaire"),
        ("G", "VATEX-EU-G", "xport"),
        ("E", "VATEX-FR-FRANCHISE", "293 B"),
        ("E", "VATEX-EU-132-1I", "VATEX-EU-132-1I"),
        ("O", "", "taxe"),
    ],
)
def test_why_there_is_no_tax(invoice, category, reason, words_of_it) -> None:
    found = said(exempt(invoice, category, reason))
    assert {one.code for one in found.taxes} == {reason or "VATEX-EU-O"}
    assert words_of_it in found.taxes[0].reason
    assert found.deliver_to_buyer is (category == "K")


def test_outside_the_scope_of_vat_nobody_has_an_id_and_no_rate(invoice) -> None:
    found = said(exempt(invoice, "O", ""))
    assert (found.seller.vat_id, found.buyer.vat_id) == ("", "")
    assert {one.tax.rate for one in found.lines} == {""}


def test_a_seller_without_registration_is_known_by_his_code(invoice) -> None:
    assert said(invoice).seller.ids == ()
    invoice["entity"]["registration"] = {}
    assert said(invoice, "en16931").seller.ids == (("fr", ""),)
    invoice["entity"]["registration"] = {"siren": "001122332", "siret": "00112233200017"}
    assert said(invoice).seller.ids == (("00112233200017", "0009"),)


def test_parties_have_the_lines_of_their_address_and_all_that_is_over(invoice) -> None:
    invoice["customer"]["address"]["lines"] = ["a", "b", "c", "d"]
    assert said(invoice).buyer.lines == ("a", "b", "c, d")
    assert said(invoice).seller.legal == "SAS au capital de 50 000 €, RCS Lyon 001 122 332"


def test_what_all_lines_share_is_named_once_and_the_rest_by_line(invoice) -> None:
    first, second, third = invoice["lines"]
    for line in (first, second, third):
        line["subscription"] = {**line["subscription"], "references": {"purchase_order": "PO-1"}}
    third["subscription"]["references"] = {"purchase_order": "PO-1", "cost_centre": "K7"}
    found = said(invoice, "peppol")
    assert (found.references.order, found.references.cost_centre) == ("PO-1", "")
    assert found.references.buyer == ""
    assert [one.attributes for one in found.lines[:2]] == [(), ()]
    assert [value for _, value in found.lines[2].attributes] == ["K7"]


def test_peppol_wants_a_reference_where_there_is_no_order(invoice) -> None:
    assert said(invoice, "peppol").references.buyer == "AE-1"
    assert said(invoice, "fr-ctc").references.buyer == ""


def test_tax_in_the_currency_of_the_books(invoice) -> None:
    invoice |= {"currency": "USD", "accounting": {"currency": "EUR", "tax": 15_84, "taxes": []}}
    found = said(invoice)
    assert (found.tax_currency, found.tax_booked) == ("EUR", "15.84")


def test_france_wants_its_euro_even_where_there_is_no_tax(invoice) -> None:
    invoice |= {"currency": "USD"}
    invoice["totals"]["tax"] = 0
    assert (said(invoice).tax_currency, said(invoice).tax_booked) == ("EUR", "0.00")
    assert said(invoice, "en16931").tax_currency == ""


def test_a_transfer_is_asked_for_where_an_account_is_known(invoice) -> None:
    paid = said(invoice).payment
    assert (paid.means, paid.iban) == ("58", "FR7630006000011234567890189")
    assert paid.reference == "FR-2027-000042"
    invoice["totals"]["due"] = 0
    assert said(invoice).payment is None


def test_what_is_paid_already_was_due_when_it_was_issued(invoice) -> None:
    invoice |= {"prepaid": [{"id": "p", "amount": 109_93}]}
    invoice["totals"] |= {"prepaid": 109_93, "due": 0}
    assert said(invoice).due_on == "2027-07-01"


def test_dinars_have_a_decimal_too_many(invoice) -> None:
    with pytest.raises(InvalidError, match="at most 2 decimals"):
        said(between_businesses(invoice | {"currency": "KWD"}))
