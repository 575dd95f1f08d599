"""The parts of a plan that few customers have, each by a life of one of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Gift, Grant, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.invoicing.plan import CustomerPlan
from solde.domain.invoicing.separation import Separation
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing.flat import Flat
from solde.domain.rating import ExtraLine
from solde.domain.subscriptions import Cancelled, DiscountGranted
from solde.domain.subscriptions.references import References
from tests.support.story import Story, day

D = Decimal


def sold(**says: str) -> Story:
    """A fee of 100.00 a month."""
    story = Story(regime="FR", says=says)
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(100)))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    return story


def test_a_plan_comes_to_its_invoices_less_its_notes() -> None:
    documents = tuple(
        {"kind": kind, "totals": {"gross": minor}}
        for kind, minor in (("invoice", 120_00), ("credit_note", 20_00), ("invoice", 5))
    )
    plan = CustomerPlan(documents, None, None)
    assert plan.kinds == ("invoice", "credit_note", "invoice")
    assert plan.total_minor == 100_05


def test_what_a_person_gave_back_is_billed_with_the_rest() -> None:
    story = sold()
    story.bills("2027-06-01")
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    assert story.last_totals() == [("credit_note", 20_00, 4_00, 24_00)]


def test_a_line_by_hand_is_billed_on_its_day_and_waited_for() -> None:
    """12.00 on 20 June; the fee is next due on 1 July."""
    story = sold()
    story.adjusts(
        ExtraLine(
            id="adj_x",
            customer_id="cus_1",
            entity="e",
            product=story.products["standard"],
            currency="EUR",
            quantity=D(1),
            unit_amount=D(12),
            description="Visit",
            service=Period(day("2027-06-20"), day("2027-06-21")),
            due_on=day("2027-06-20"),
        )
    )
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 100_00, 20_00, 120_00)]
    assert story.plans[-1].next_due_on == date(2027, 6, 20)
    story.bills("2027-06-20")
    assert story.last_totals() == [("invoice", 12_00, 2_40, 14_40)]
    assert story.plans[-1].next_due_on == date(2027, 7, 1)


def test_a_discount_of_the_document_comes_off_before_tax() -> None:
    story = sold()
    offer, on = Offer("Ten", Discount(percent=D(10)), Level.DOCUMENT), day("2027-06-01")
    story.changes("s", DiscountGranted(on, 1, Grant("g1", offer, on)))
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 90_00, 18_00, 108_00)]


def test_a_gift_comes_off_before_tax() -> None:
    story = sold()
    story.gifts.append(Gift("g1", "wal", "Welcome", Money(40_00, "EUR"), day("2027-06-01")))
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 60_00, 12_00, 72_00)]


def test_a_currency_that_no_e_invoice_can_be_in_is_refused() -> None:
    story = Story(currency="KWD", booked_in="EUR", says={"e_invoice": "fr-ctc"})
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(100)))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    with pytest.raises(InvalidError, match="currency"):
        story.bills("2027-06-01")


def test_tax_is_rounded_on_each_line_where_the_seller_says_so() -> None:
    """Three times 0.03 at 20 %: 0.006 of tax, 0.01 on each line, where 0.09 have 0.02."""
    story = Story(regime="FR", says={"tax_level": "line"})
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("0.03")))
    for name in "abc":
        story.subscribes(name, "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 9, 3, 12)]


def test_a_second_note_of_a_day_counts_what_the_first_takes_back() -> None:
    """Two fees on one invoice, kept apart from the 16th on: half of each goes back by its note."""
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ADVANCE, Flat(D(100)))
    for name in "ab":
        named = References(purchase_order=f"PO-{name}")
        story.subscribes(name, "2027-06-01", {"fee": 1}, references=named)
    facts = (Separation(date(2027, 6, 16), ("purchase_order",)),)
    story.customer = replace(story.customer, separations=facts)
    story.bills("2027-06-01")
    for name in "ab":
        story.changes(name, Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    invoice, first, second = story.documents
    assert invoice["totals"]["net"] == 200_00
    before = [one["corrects"][0]["taxes"][0]["before"] for one in (first, second)]
    assert before == [0, 50_00]
