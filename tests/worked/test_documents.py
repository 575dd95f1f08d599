"""Which documents there are, and what day and number they bear."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from solde.workflows.bill_run.approve import approve_plan
from solde.workflows.bill_run.publish import publish_register
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from solde.workflows.bill_run.start import start_due_runs
from tests.support.seller import ENTITY, Seller
from tests.support.story import Story, day

D = Decimal


def test_08_weeks_on_an_account_whose_invoice_day_is_the_31st() -> None:
    seller = Seller()
    seller.sells("week", "7.00", ChargeKind.ARREARS)
    seller.customer("acme", invoice_day=31)
    monday = date(2027, 1, 4)
    weekly = Cycle(Unit.WEEK, 1, monday)
    seller.subscribes("acme", "2027-01-04", ("week", "1"), cycle=weekly)
    issued = {}
    for number in range(90):
        on = date.fromordinal(monday.toordinal() + number)
        if seller.runs_billing(on.isoformat()):
            document = seller.document(seller.documents("acme")[-1])
            weeks = [line["service"]["start_on"][5:] for line in document["lines"]]
            issued[on.isoformat()] = weeks
    assert issued == {
        "2027-01-31": ["01-04", "01-11", "01-18"],
        "2027-02-28": ["01-25", "02-01", "02-08", "02-15"],
        "2027-03-31": ["02-22", "03-01", "03-08", "03-15", "03-22"],
    }


def test_09_two_terms_of_payment_are_two_invoices_and_it_is_said_why() -> None:
    story = Story()
    story.sells("basic", ChargeKind.ADVANCE, Flat(D("10.00")))
    story.subscribes("a", "2027-06-01", {"basic": 1}, terms_days=30)
    story.subscribes("b", "2027-06-01", {"basic": 1}, terms_days=45)
    story.bills("2027-06-01")
    found = [(one["terms"]["days"], one["group"]["apart"]) for one in story.documents]
    assert found == [(30, ""), (45, "terms_days")]


def test_14_a_correction_that_outweighs_the_usage_is_a_note_of_its_own() -> None:
    story = Story(regime="FR")
    story.sells("plan", ChargeKind.ADVANCE, PerUnit(D("100.00")))
    story.sells("call", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.subscribes("s", "2027-06-01", {"plan": 1, "call": 1})
    story.bills("2027-06-01")
    story.uses("call", "2027-06-10", 30)
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_plan", D(0)))
    story.bills("2027-07-01")
    assert sorted(story.last_totals()) == [
        ("credit_note", 100_00, 20_00, 120_00),
        ("invoice", 30_00, 6_00, 36_00),
    ]


def test_15_a_rate_below_zero_is_a_note_even_if_the_total_is_not() -> None:
    story = Story(regime="FR")
    story.sells("book", ChargeKind.ADVANCE, PerUnit(D("10.00")), tax_class="intermediate")
    story.sells("call", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.subscribes("s", "2027-06-01", {"book": 1, "call": 1})
    story.bills("2027-06-01")
    story.uses("call", "2027-06-10", 100)
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_book", D(0)))
    story.bills("2027-07-01")
    assert sorted(story.last_totals()) == [
        ("credit_note", 10_00, 1_00, 11_00),  # −10.00 at 10 %
        ("invoice", 100_00, 20_00, 120_00),  # 100.00 at 20 %
    ]


def test_30_a_run_of_31_december_that_is_signed_on_3_january() -> None:
    seller = Seller(entity=replace(ENTITY, approval="person"))
    seller.sells("basic", "100.00")
    seller.customer("acme")
    monthly = Cycle(Unit.MONTH, 1, date(2026, 12, 31))
    seller.subscribes("acme", "2026-12-31", ("basic", "1"), cycle=monthly)
    (run,) = start_due_runs(datetime(2026, 12, 31, 6, tzinfo=UTC), seller.context)
    seller.plans(run.id)
    shown = review_plan(run.id, seller.context)
    signed = datetime(2027, 1, 3, 9, tzinfo=UTC)
    approve_plan(run.id, plan_digest=shown.plan_digest, by="anna", context=seller.context)
    seal_run(run.id, signed, seller.context)
    publish_register(run.id, seller.context)
    seller.issues(run.id, signed)
    (header,) = seller.documents("acme")
    assert (header.number, header.issued_on) == ("FRA-2027-000001", date(2027, 1, 3))
    (line,) = seller.document(header)["lines"]
    assert (line["service"]["start_on"], line["service"]["last_on"]) == ("2026-12-31", "2027-01-30")
