"""The tree of a document: how each line comes about, each price version once."""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.explanation import explained
from solde.domain.invoicing.plan import CustomerPlan
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.subscriptions import Cancelled, QuantityChanged
from solde.workflows.bill_run.customer import Asked, plan_of
from tests.support.seller import Seller
from tests.support.story import Story, day

D = Decimal
JULY = date(2013, 7, 1)


def plan(seller: Seller, on: date) -> CustomerPlan:
    billable = seller.context.billing.load("acme", "FRA")
    return plan_of(billable, Asked(seller.entity, on), seller.context)


def seller(calls: str = "1") -> Seller:
    """Three seats, paid ahead; calls by tier, counted: 150 in June."""
    made = Seller()
    made.sells("seat", "9.99")
    tiers = (Tier(D(100), D("1.00")), Tier(None, D("0.80")))
    made.sells("calls", Graduated(tiers), ChargeKind.USAGE, "calls")
    made.customer("acme")
    subscription = made.subscribes("acme", "2013-06-15", ("seat", "3"), ("calls", calls))
    made.used.days[subscription.id, "calls", date(2013, 6, 20)] = D(150)
    return made


def test_a_line_says_its_share_its_tariff_and_what_was_measured() -> None:
    made = seller()
    trees = explained(plan(made, JULY))
    lines = [line for tree in trees for line in tree["lines"]]
    assert {one["how"] for one in lines} == {"walk"}
    (tree, *_) = trees
    assert [one["price"] for one in tree["tariffs"]] == ["seat", "calls"]
    (usage,) = [one["usage"] for one in lines if "usage" in one]
    assert usage == {"result": "150/1", "events": 1, "after": {"total": "150"}}
    # 16 of 30 days of June, all of July
    assert [one.get("share") for one in lines if "usage" not in one] == ["8/15", None]
    assert "keys" not in tree
    assert "back" not in tree


def test_what_is_given_back_is_a_difference_with_what_was_taken_back_before() -> None:
    made = seller(calls="0")
    made.runs_billing("2013-06-15")
    subscription = made.context.billing.load("acme", "FRA").subscriptions[0]
    made.changes(subscription, Cancelled(date(2013, 6, 23), 1))
    trees = explained(plan(made, date(2013, 6, 23)))
    note = trees[-1]
    assert [(one["how"], one["key"]) for one in note["lines"]] == [("difference", 0)]
    assert note["keys"][0]["elsewhere"] == []
    # 8 of 16 days go back: 29.97 × 8/30 = 7.992 of 15.98
    assert [(one["before"], one["base"]) for one in note["back"]] == [(0, 7_99)]
    assert note["back"][0]["tax_before"] == 0


def test_what_nobody_can_tell_says_so() -> None:
    found = plan(seller(), JULY)
    reasons = found.reasons
    assert reasons is not None
    draft = reasons.drafts[0]
    lines = tuple(one._replace(charge=one.charge._replace(steps=())) for one in draft.lines)
    mute = reasons._replace(drafts=[draft._replace(lines=lines)])
    (tree,) = explained(replace(found, reasons=mute))
    assert {one["how"] for one in tree["lines"]} == {"unexplained"}


def test_a_plan_that_tells_no_reasons_has_no_trees() -> None:
    assert explained(CustomerPlan((), None, None)) == ()


def calls_to_explain(subscriptions: int) -> int:
    """Count the functions called to explain a document that corrects so many charges."""
    story = Story()
    for number in range(subscriptions):
        price = f"seat{number}"
        story.sells(price, ChargeKind.ADVANCE, PerUnit(D(30)))
        story.subscribes(f"s{number}", "2027-06-01", {price: 1})
    story.bills("2027-06-01")
    for number in range(subscriptions):
        change = QuantityChanged(day("2027-06-16"), 1, f"sit_seat{number}", D(2))
        story.changes(f"s{number}", change)
    story.bills("2027-06-16")
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        (tree,) = explained(story.plans[-1])
    finally:
        sys.setprofile(None)
    assert len(tree["keys"]) == subscriptions
    return count


def test_ten_times_the_corrections_take_ten_times_the_steps() -> None:
    calls_to_explain(2)  # what is kept for the life of a process
    assert calls_to_explain(60) <= 11 * calls_to_explain(6)
