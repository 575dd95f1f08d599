"""Whole documents, field by field: what is always said, and what only where it is so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.credit import Cause, note_draft
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.invoicing.assignment import Assignment
from solde.domain.invoicing.canonical import opened
from solde.domain.invoicing.document import covered_until, draft_document
from solde.domain.invoicing.taken import NOTHING
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep
from solde.domain.subscriptions import Cancelled, DiscountGranted
from solde.domain.subscriptions.references import References
from solde.domain.tax import Exchange, Regime
from solde.domain.tax.rates import Rate
from tests.support.story import Story, day

D = Decimal
JUNE = {"start_on": "2027-06-01", "end_on": "2027-07-01", "last_on": "2027-06-30"}
ADDRESS = {"lines": ["1 rue de Rivoli"], "postcode": "75001", "city": "Paris", "country": "FR"}


def sold(price: str = "49.00", *, regime: str = "FR", story: Any = None, **more: Any) -> Story:
    """A fee a month in advance, of a seller in France."""
    told = story or Story(regime=regime)
    told.sells("fee", ChargeKind.ADVANCE, Flat(D(price)), **more)
    told.subscribes("s", "2027-06-01", {"fee": 1})
    return told


def billed(story: Story, on: str = "2027-06-01") -> dict[str, Any]:
    story.bills(on)
    return dict(story.documents[-1])


def test_a_plain_invoice_says_this_and_nothing_else() -> None:
    """49.00 and 20 %, 9.80."""
    document = dict(opened(billed(sold())))
    (line,) = document.pop("lines")
    assert document == {
        "schema": 1,
        "engine": "1",
        "kind": "invoice",
        "entity": {
            "code": "e",
            "version": 1,
            "name": "Seller",
            "address": ADDRESS,
            "registration": {},
        },
        "customer": {
            "id": "cus_1",
            "external_id": "",
            "name": "Customer",
            "address": ADDRESS,
            "email": "a@b.test",
            "business": False,
            "registration": {},
        },
        "currency": "EUR",
        "language": "en",
        "time_zone": "UTC",
        "tax_regime": "FR",
        "terms": {"days": 30, "collection": "send"},
        "group": {"apart": ""},
        "taxes": [{"category": "S", "rate": "20", "base": 49_00, "tax": 9_80}],
        "totals": {"net": 49_00, "tax": 9_80, "gross": 58_80, "prepaid": 0, "due": 58_80},
        "period": JUNE,
        "mentions": [{"code": "no_discount"}],
    }
    assert len(line.pop("inputs")) == 16
    assert line == {
        "line": 1,
        "subscription": {"id": "sub_s", "external_id": "s", "name": ""},
        "item": "sit_fee",
        "component": "fee",
        "kind": "advance",
        "price": {"id": "fee", "version": 1},
        "product": {"id": "standard", "name": "Standard"},
        "account": "706",
        "description": "",
        "service": JUNE,
        "period": JUNE,
        "expression": {"quantity": "1", "unit": "C62", "price": "49", "base_quantity": 1},
        "units": "1",
        "exact": "49",
        "count": 0,
        "net": 49_00,
        "tax": {"category": "S", "rate": "20", "class": "standard", "amount": 9_80},
        "steps": [["1", "49", "49", ""]],
    }


def test_a_price_that_includes_tax_says_what_is_charged_and_what_is_rounded() -> None:
    """9.99 at 20 %: 8.33 and 1.67, a cent above it."""
    document = billed(sold("9.99", tax_included=True))
    assert document["inclusive"] == "base"
    assert document["totals"] == {
        "net": 8_33,
        "tax": 1_67,
        "gross": 9_99,
        "prepaid": 0,
        "due": 9_99,
        "rounding": -1,
    }
    assert document["taxes"] == [
        {"category": "S", "rate": "20", "base": 8_33, "tax": 1_67, "with_tax": 9_99}
    ]
    (line,) = document["lines"]
    assert (line["net"], line["with_tax"]) == (8_33, 9_99)


@pytest.mark.parametrize(
    ("included", "off", "lines", "taken"),
    [
        # 49.00 less 4.90; 58.80 with its tax, less 5.88
        (False, 4_90, 49_00, 44_10),
        (True, 4_90, 49_00, 36_75),  # 44.10 with 7.35 of tax
    ],
)
def test_what_is_off_a_document_is_said_beside_what_its_lines_come_to(
    included, off, lines, taken
) -> None:
    story = sold(tax_included=included)
    offer = Offer("Ten", Discount(percent=D(10)), Level.DOCUMENT)
    on = day("2027-06-01")
    story.changes("s", DiscountGranted(on, 1, Grant("g1", offer, on)))
    totals = billed(story)["totals"]
    assert (totals["lines"], totals["allowances"], totals["net"]) == (lines, off, taken)
    assert sum(one["amount"] for one in story.documents[-1]["allowances"]) == off


def test_what_nobody_is_asked_for_yet_says_until_when() -> None:
    story = sold()
    story.subscriptions["s"] = replace(story.subscriptions["s"], held_until=day("2027-09-01"))
    terms = {"days": 30, "collection": "send", "held_until": "2027-09-01"}
    assert billed(story)["terms"] == terms


def test_tax_that_is_rounded_on_each_line_is_said_on_invoices() -> None:
    story = sold(story=Story(regime="FR", says={"tax_level": "line"}))
    assert billed(story)["tax_level"] == "line"
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    note = billed(story, "2027-06-16")
    assert (note["kind"], "tax_level" in note) == ("credit_note", False)


def test_a_note_says_at_which_rate_tax_was_booked_of_what_it_corrects() -> None:
    """Half of 236.90 goes back with 23.69 of tax; at 1.0842 that is 21.85 in euros."""
    rate = Exchange("EUR", "USD", day("2027-05-31"), D("1.0842"), "ECB")
    seller = Story(currency="USD", regime="FR", booked_in="EUR", exchange={"USD": rate})
    story = sold("236.90", story=seller)
    billed(story)
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    note = billed(story, "2027-06-16")
    assert note["corrects"] == [
        {
            "id": "inv_1",
            "number": "E-1",
            "issued_on": "2027-06-01",
            "taxes": [{"category": "S", "rate": "20", "base": 118_45, "tax": 23_69, "before": 0}],
            "accounting": {"rate": "1.0842", "on": "2027-05-31", "source": "ECB"},
        }
    ]
    taxes = [{"category": "S", "rate": "20", "tax": 21_85}]
    assert note["accounting"] == {"currency": "EUR", "taxes": taxes, "tax": 21_85}


def test_a_note_of_a_price_with_tax_says_what_it_comes_to() -> None:
    story = sold("12.00", tax_included=True)
    billed(story)
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    note = billed(story, "2027-06-16")
    (line,) = note["lines"]
    assert (line["net"], line["with_tax"]) == (5_00, 6_00)
    (taken,) = note["corrects"][0]["taxes"]
    assert (taken["base"], taken["tax"], taken["with_tax"]) == (5_00, 1_00, 6_00)


def test_what_a_person_gives_back_names_its_line_and_what_is_credited() -> None:
    story = sold("100.00")
    billed(story)
    story.credits(0, 20_00)
    (line,) = billed(story, "2027-06-02")["lines"]
    original = {"id": "inv_1", "number": "E-1", "issued_on": "2027-06-01"}
    assert line["corrects"] == {**original, "line": 1}
    assert line["credited"] == [{"id": "adj_0", "exact": "-20", "net": 20_00}]
    assert (line["net"], line["exact"], "cancels" in line) == (20_00, "-20", False)


def test_what_is_cancelled_to_be_billed_again_says_so() -> None:
    story = sold("100.00")
    invoice = billed(story)
    draft = note_draft(invoice, {1: 100_00}, Cause("n"), NOTHING)
    entity, customer = story._entity(), story.customer
    (line,) = draft_document(draft, entity=entity, customer=customer)["lines"]
    assert (line["cancels"], line["corrects"]["line"]) == (True, 1)
    assert "credited" not in line


def test_a_subscription_says_what_the_buyer_calls_it_and_whom_it_serves() -> None:
    story = sold()
    story.subscriptions["s"] = replace(
        story.subscriptions["s"],
        name="Seats",
        references=References(purchase_order="PO-1"),
        subscriber_id="cus_2",
        subscriber_name="Branch",
    )
    assert billed(story)["lines"][0]["subscription"] == {
        "id": "sub_s",
        "external_id": "s",
        "name": "Seats",
        "references": {"purchase_order": "PO-1"},
        "subscriber": {"id": "cus_2", "name": "Branch"},
    }


def test_what_is_priced_in_a_unit_of_its_own_says_how_many_and_what_each_is_worth() -> None:
    """3 credits of 0.05 for the fee."""
    story = Story(regime="FR")
    model = InUnits(PerUnit(D(3)), "cr", "Credit", D("0.05"))
    story.sells("fee", ChargeKind.ADVANCE, model)
    story.subscribes("s", "2027-06-01", {"fee": 1})
    (line,) = billed(story)["lines"]
    unit = {"code": "cr", "name": "Credit", "value": "0.05", "amount": "3"}
    assert line["price"]["unit"] == unit
    assert line["net"] == 15


def test_a_part_of_a_price_is_named() -> None:
    """10.00 for the first month of the item, and 20.00 from then on."""
    story = sold("10.00", ramp=(RampStep(Flat(D(20)), after_months=1),))
    assert "part" not in billed(story)["lines"][0]["price"]
    (line,) = billed(story, "2027-07-01")["lines"]
    assert (line["price"], line["net"]) == ({"id": "fee", "version": 1, "part": "step-2"}, 20_00)


def test_why_no_tax_is_charged_is_said_of_the_line_and_of_the_sum() -> None:
    rate = Rate(date(2000, 1, 1), D(0), "law", category="E", reason="VATEX-EU-132")
    story = sold(story=Story(regime=Regime("FR", 1, {"standard": (rate,)})))
    document = billed(story)
    said = {"category": "E", "rate": "0", "base": 49_00, "tax": 0, "reason": "VATEX-EU-132"}
    assert document["taxes"] == [said]
    assert document["lines"][0]["tax"]["reason"] == "VATEX-EU-132"


def test_the_days_of_a_document_are_from_the_first_of_its_lines_to_the_last() -> None:
    story = sold()
    story.sells("year", ChargeKind.ADVANCE, Flat(D(1)))
    story.subscribes("y", "2027-05-15", {"year": 1}, unit=Unit.YEAR)
    document = billed(story)
    assert (document["period"]["start_on"], document["period"]["last_on"]) == (
        "2027-05-15",
        "2028-05-14",
    )
    assert covered_until(document) == day("2028-05-15")


@pytest.mark.parametrize("kind", ["late_charge", "late_credit"])
def test_late_charges_bill_no_period(kind) -> None:
    assert covered_until({"kind": kind, "period": JUNE, "lines": []}) == day("2027-07-01")


def test_a_rule_of_the_seller_names_another_account() -> None:
    rules = (
        Assignment(customer="cus_2", revenue_account="7062"),
        Assignment(customer="cus_1", revenue_account="7061"),
    )
    story = sold(story=Story(regime="FR", says={"assignments": rules}))
    assert billed(story)["lines"][0]["account"] == "7061"


def test_when_tax_is_due_is_said_where_a_seller_has_chosen() -> None:
    document = billed(sold(story=Story(regime="FR", says={"services_due": "payment"})))
    assert document["tax_due"] == "payment"
    assert document["lines"][0]["tax"]["due"] == {"at": "payment"}
    included = sold(tax_included=True, story=Story(regime="FR", says={"services_due": "payment"}))
    assert billed(included)["tax_due"] == "payment"


def test_what_cannot_be_sent_is_not_made() -> None:
    """A French profile, and a seller without a VAT id."""
    story = sold(story=Story(regime="FR", says={"e_invoice": "fr-ctc"}))
    facts = {"siren": "732829320"}
    story.customer = replace(story.customer, business=True, registration=facts)
    with pytest.raises(InvalidError, match="BR-S-02"):
        billed(story)
