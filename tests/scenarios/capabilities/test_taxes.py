"""Tax over HTTP: notes that close it to zero, a law to come, customers abroad, prices with tax."""

import pytest

pytestmark = pytest.mark.cloud

VIES = {"valid": True, "at": "2027-05-30T08:00:00Z", "reference": "WAPI1"}


def taxes(document: dict) -> list[tuple[str, str, int, int]]:
    return [(one["category"], one["rate"], one["base"], one["tax"]) for one in document["taxes"]]


def test_three_credit_notes_give_back_the_tax_of_their_invoice(opens) -> None:
    """3 × 33.33 at 5.5 %: 5.50; then 1.83, 1.84 and 1.83."""
    seller = opens("2027-06-01", tax_regime="FR")
    for name in ("a", "b", "c"):
        seller.sells(name, "33.33", product={"tax_class": "reduced"})
    seller.plans("all", "a", "b", "c")
    seller.customer("anna")
    seller.subscribes("anna", "all", "2027-06-01")
    seller.bills("2027-06-01")
    for number, name in enumerate("abc", 2):
        change = {"component": name, "quantity": "0", "effective_on": "2027-06-01"}
        seller.changes("anna", "quantity", **change)
        seller.bills(f"2027-06-{number:02d}")
    invoice, *notes = (one["document"] for one in seller.invoices("anna"))
    assert taxes(invoice) == [("S", "5.5", 99_99, 5_50)]
    assert [taxes(one) for one in notes] == [
        [("S", "5.5", 33_33, 1_83)],
        [("S", "5.5", 33_33, 1_84)],
        [("S", "5.5", 33_33, 1_83)],
    ]


def test_a_law_to_come_splits_a_line_and_a_customer_abroad_accounts_for_himself(opens) -> None:
    """31.00 from 15 December: 17.00 at 20 %, 14.00 at 21 %; 14.00 with reverse charge instead."""
    seller = opens("2027-12-01", tax_regime="FR")
    law = [
        {"since": "2020-01-01", "percent": "20", "source": "law of 2019"},
        {"since": "2028-01-01", "percent": "21", "source": "law of 2027"},
    ]
    regime = {"code": seller.named("law"), "version": 1, "classes": {"standard": law}}
    seller.posts("tax-regimes", regime)
    entity = seller.reads(f"entities/{seller.code}")
    known = {"object", "id", "created_at", "updated_at", "livemode", "metadata"}
    again = {name: value for name, value in entity.items() if name not in known}
    seller.posts("entities", again | {"version": 2, "tax_regime": regime["code"]})
    seller.sells("fee", "31.00")
    seller.plans("fee", "fee")
    for name in ("anna", "bert"):
        seller.customer(name)
        seller.subscribes(name, "fee", "2027-12-15", anchor_on="2027-12-15")
    fact = {"since": "2028-01-01", "business": True, "category": "AE"}
    evidence = {"vat_id": "DE123456788", "vies": VIES}
    path = f"customers/ext:{seller.named('bert')}/tax-facts"
    seller.posts(path, fact | {"evidence": evidence})
    seller.bills("2027-12-15")
    (anna,), (bert,) = (seller.invoices(name) for name in ("anna", "bert"))
    assert taxes(anna["document"]) == [("S", "20", 17_00, 3_40), ("S", "21", 14_00, 2_94)]
    assert taxes(bert["document"]) == [("AE", "0", 14_00, 0), ("S", "20", 17_00, 3_40)]
    assert {"code": "reverse_charge"} in bert["document"]["mentions"]


def test_a_price_with_tax_in_dollars_is_charged_to_the_cent_and_told_in_euros(opens) -> None:
    """9.99 with 20 % in it is 8.33 + 1.67 − 0.01; 1.67 at 1.0842 is 1.54."""
    seller = opens("2027-06-01", tax_regime="FR")
    rate = {"base": "EUR", "currency": "USD", "on": "2027-05-31", "rate": "1.0842"}
    seller.posts("exchange-rates", rate | {"source": "ECB"})
    seller.sells("seat", "9.99", currency="USD", tax_included=True)
    seller.plans("seat", "seat")
    seller.customer("anna")
    seller.subscribes("anna", "seat", "2027-06-01")
    assert seller.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 8.33"]
    (invoice,) = seller.invoices("anna")
    assert invoice["total"] == 9_99
    assert invoice["document"]["totals"]["rounding"] == -1
    booked = invoice["document"]["accounting"]
    assert (booked["currency"], booked["tax"], booked["on"]) == ("EUR", 1_54, "2027-05-31")
