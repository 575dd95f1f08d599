"""What a rounding key stood at before a line, and what it is worth: seats at 9.99, 3 then 5."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.standing import ZERO, Keys, Standing
from solde.domain.explanation.told import Told
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.domain.subscriptions import QuantityChanged
from solde.workflows.bill_run.customer import Asked, plan_of
from tests.support.second_opinion import broken
from tests.support.seller import Seller
from tests.support.story import Story, day


def planned(*, billed: bool):
    """Plan on 15 June: what was billed on the first, or all of it at once."""
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    if billed:
        seller.runs_billing("2013-06-01")
    change = QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", Decimal(5))
    seller.changes(subscription, change)
    billable = seller.context.billing.load("acme", "FRA")
    plan = plan_of(billable, Asked(seller.entity, date(2013, 6, 15)), seller.context)
    assert plan.reasons is not None
    return plan.reasons


def test_a_key_that_was_billed_stands_at_what_was_billed() -> None:
    reasons = planned(billed=True)
    keys, (charge,) = Keys(reasons), reasons.charges
    assert keys.again(charge.key)
    assert keys.before(charge) == Standing(Fraction("29.97"), 29_97)  # 3 × 9.99


def test_lines_of_one_document_stand_on_each_other() -> None:
    reasons = planned(billed=False)
    keys, (first, second) = Keys(reasons), reasons.charges
    assert not keys.again(first.key)
    assert keys.before(first) == ZERO
    # 3 × 9.99 × 14/30 = 13.986, rounded 13.99
    assert keys.before(second) == Standing(Fraction("13.986"), 13_99)


def test_a_key_is_told_as_what_it_is_worth_less_what_was_billed() -> None:
    reasons = planned(billed=True)
    keys, (charge,) = Keys(reasons), reasons.charges
    told = keys.told(charge.key, reasons.regime, [charge], Told())
    assert [(one["units"], one["share"], one["rows"]) for one in told["now"]] == [
        ("3", "7/15", [["3", "9.99"]]),
        ("5", "8/15", [["5", "9.99"]]),
    ]
    assert [(exact, gross) for _, exact, gross in told["billed"]] == [("29.97", 29_97)]
    assert told["elsewhere"] == []
    # 13.986 + 26.64 - 29.97 = 10.656 = 2 × 9.99 × 16/30
    assert charge.exact == Fraction("10.656")
    assert keys.told(charge.key, reasons.regime, [], Told())["elsewhere"] == ["10.656"]


def test_what_comes_to_no_cent_is_told_though_no_document_has_a_line_of_it() -> None:
    """0.10 for June; one more for 12 days, 0.04, and one more on the 30th, 0.0033…"""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(Decimal("0.10")))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-11"), 1, "sit_seat", Decimal(2)))
    story.changes("s", QuantityChanged(day("2027-06-23"), 2, "sit_seat", Decimal(1)))
    story.changes("s", QuantityChanged(day("2027-06-30"), 3, "sit_seat", Decimal(2)))
    assert story.bills("2027-06-30") == ["seat 2027-06-11..2027-06-22 0.04"]
    (key,) = story.trees()[-1]["keys"]
    # 0.10 × 17/30 + 0.20 × 13/30 = 0.14333…, less 0.10 and 0.04
    assert key["untold"] == ["1/300"]
    assert broken(story.documents[-1], story.trees()[-1]) == []


def test_what_another_document_bills_of_a_key_is_all_that_this_one_does_not() -> None:
    """3 seats of 30.00 were billed; 2 more for 10 days, then 1 more: 20.00 and 10.00."""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(Decimal(30)))
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-11"), 1, "sit_seat", Decimal(5)))
    story.changes("s", QuantityChanged(day("2027-06-21"), 2, "sit_seat", Decimal(4)))
    story.bills("2027-06-21")
    reasons = story.plans[-1].reasons
    assert reasons is not None
    first, second = reasons.charges
    assert (first.exact, second.exact) == (20, 10)
    for charges, here, elsewhere in (
        ([first, second], [first], ["10"]),
        ([first, second], [second], ["20"]),
        ([first, second], [second, first], []),
        ([first, first], [first], ["20"]),
        ([first, first, first], [first, first], ["20"]),
    ):
        keys = Keys(reasons._replace(charges=charges))
        found = keys.told(first.key, reasons.regime, here, Told())
        assert found["elsewhere"] == elsewhere


def test_layers_have_rows_of_their_own_alone() -> None:
    """What begins in the first half of a month is charged whole: one device, then a second."""
    story = Story()
    story.sells("device", ChargeKind.ADVANCE, PerUnit(Decimal(12)), proration=Proration.HALF_MONTH)
    story.subscribes("s", "2027-06-01", {"device": 1})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-10"), 1, "sit_device", Decimal(2)))
    assert story.bills("2027-06-10") == ["device 2027-06-01..2027-06-30 12.00"]
    (now,) = story.trees()[-1]["keys"][0]["now"]
    assert now.keys() == {"start_on", "end_on", "layers", "units"}
    assert [one["rows"] for one in now["layers"]] == [[["1", "12"]], [["2", "12"]]]
