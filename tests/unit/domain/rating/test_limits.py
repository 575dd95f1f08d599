"""The least and the most of a period, with the sum beside each line."""

import sys
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer, Order
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, DiscountGranted, QuantityChanged
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    told.sells("texts", ChargeKind.USAGE, PerUnit(D("1.00")))
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D("50.00")))
    told.sells("least", ChargeKind.COMMITMENT, Flat(D("300.00")))
    told.sells("most", ChargeKind.CAP, Flat(D("100.00")))
    return told


def granted(level=Level.LINE, percent: str = "10") -> DiscountGranted:
    offer = Offer("Coupon", Discount(percent=D(percent)), level)
    return DiscountGranted(day("2027-06-01"), 1, Grant(level.value, offer, day("2027-06-01")))


def test_what_was_billed_in_advance_counts_too(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 2, "calls": 1, "least": 1})
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 100.00"]
    story.uses("calls", "2027-06-10", 150)
    assert story.bills("2027-07-01") == [
        "seat 2027-07-01..2027-07-31 100.00",
        "calls 2027-06-01..2027-06-30 150.00",
        "least 2027-06-01..2027-06-30 50.00",  # 300.00 - 100.00 - 150.00
    ]
    line = story.documents[-1]["lines"][-1]
    assert (line["kind"], line["expression"]["quantity"], line["expression"]["price"]) == (
        "commitment",
        "1",
        "50",
    )
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(1)))
    # half of one seat of June is given back, and missing again; July has one seat less
    assert story.bills("2027-07-02") == [
        "least 2027-06-01..2027-06-30 25.00",
        "CN seat 2027-06-16..2027-06-30 25.00",
        "CN seat 2027-07-01..2027-07-31 50.00",
    ]
    assert story.bills("2027-07-03") == []


def test_the_commitment_is_held_to_days_and_ends_with_the_subscription(story: Story) -> None:
    """300.00 a month, active 12 of 30 days: the least is 120.00."""
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-02", 20)
    story.changes("s", Cancelled(day("2027-06-13"), 1))
    assert story.bills("2027-06-13") == [
        "calls 2027-06-01..2027-06-12 20.00",
        "least 2027-06-01..2027-06-12 100.00",
    ]


def test_discounts_of_lines_come_before_it_and_those_of_the_document_after(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-02", 200)
    story.changes("s", granted())
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 180.00",  # 200.00 - 20.00
        "least 2027-06-01..2027-06-30 120.00",  # has no discount of its own
    ]
    story.changes("s", granted(Level.DOCUMENT))
    story.bills("2027-08-01")
    assert story.last_totals() == [("invoice", 270_00, 0, 270_00)]  # 300.00 - 30.00


def test_only_what_is_eligible_counts(story: Story) -> None:
    story.sells("power", ChargeKind.USAGE, PerUnit(D("1.00")), tax_class="reduced")
    story.sells("some", ChargeKind.COMMITMENT, Flat(D("50.00")), eligible=("reduced",))
    story.subscribes("s", "2027-06-01", {"calls": 1, "power": 1, "some": 1})
    story.uses("calls", "2027-06-02", 200)
    story.uses("power", "2027-06-02", 10)
    assert story.bills("2027-07-01")[-1] == "some 2027-06-01..2027-06-30 40.00"


def test_a_cap_takes_off_what_is_above_before_any_discount(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1, "most": 1, "seat": 1})
    story.uses("calls", "2027-06-02", 120)
    story.changes("s", granted())
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 90.00",  # 120.00 - 20.00 - 10.00
        "seat 2027-06-01..2027-06-30 45.00",
        "seat 2027-07-01..2027-07-31 45.00",
    ]
    (line, *_) = story.documents[-1]["lines"]
    assert [(one["name"], one["amount"]) for one in line["discounts"]] == [
        ("most", 20_00),
        ("Coupon", 10_00),
    ]
    story.uses("calls", "2027-06-03", 40)
    assert sum(_net(row) for row in story.bills("2027-07-02")) == 0  # 40.00 more, 40.00 above


def test_a_cap_is_over_all_usage_and_leaves_what_was_due_before(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1, "texts": 1, "most": 1})
    story.uses("calls", "2027-06-02", 80)
    story.uses("texts", "2027-06-02", 50)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 80.00",
        "texts 2027-06-01..2027-06-30 20.00",
    ]


def test_without_limits_nothing_is_reckoned(story: Story, monkeypatch) -> None:
    monkeypatch.setattr(sys.modules["solde.domain.rating.propose"], "limited", None)
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-02", 80)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 80.00"]


def test_the_least_is_compared_again_when_it_was_reached_after_all(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-02", 290)
    assert story.bills("2027-07-01")[-1] == "least 2027-06-01..2027-06-30 10.00"
    story.uses("calls", "2027-06-03", 25)
    assert story.bills("2027-08-01") == [
        "calls 2027-06-01..2027-06-30 25.00",
        "least 2027-06-01..2027-06-30 -10.00",
        "least 2027-07-01..2027-07-31 300.00",
    ]
    assert Money(290_00 + 25_00, "EUR").minor == sum(
        line.net.minor for line in story.lines if line.key.period.start_on == day("2027-06-01")
    )


def _net(row: str) -> Decimal:
    sign = -1 if row.startswith("CN ") else 1
    return sign * D(row.rsplit(" ", 1)[-1])


def test_a_commitment_across_subscriptions_counts_what_all_of_them_spend(story: Story) -> None:
    """300.00 less 50.00 of a seat in advance, 120.00 of calls and 30.00 of texts elsewhere."""
    story.sells("total", ChargeKind.COMMITMENT, Flat(D("300.00")), across=True)
    story.subscribes("a", "2027-06-01", {"seat": 1, "total": 1})
    story.subscribes("b", "2027-06-01", {"calls": 1})
    story.subscribes("c", "2027-06-16", {"texts": 1}, anchor="2027-06-01")
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 50.00"]
    story.uses("calls", "2027-06-10", 120)
    story.uses("texts", "2027-06-20", 30)
    assert story.bills("2027-07-01") == [
        "seat 2027-07-01..2027-07-31 50.00",
        "total 2027-06-01..2027-06-30 100.00",
        "calls 2027-06-01..2027-06-30 120.00",
        "texts 2027-06-16..2027-06-30 30.00",
    ]
    story.uses("calls", "2027-06-30", 40)
    assert sorted(story.bills("2027-07-02")) == [
        "calls 2027-06-01..2027-06-30 40.00",
        "total 2027-06-01..2027-06-30 -40.00",
    ]
    assert story.bills("2027-07-03") == []


def test_a_cap_of_another_subscription_is_kept_before_its_spending_counts(story: Story) -> None:
    """150.00 of calls are held to 100.00: 200.00 miss of 300.00."""
    story.sells("total", ChargeKind.COMMITMENT, Flat(D("300.00")), across=True)
    story.subscribes("a", "2027-06-01", {"total": 1})
    story.subscribes("b", "2027-06-01", {"calls": 1, "most": 1})
    story.uses("calls", "2027-06-10", 150)
    assert sorted(story.bills("2027-07-01")) == [
        "calls 2027-06-01..2027-06-30 100.00",
        "total 2027-06-01..2027-06-30 200.00",
    ]


def test_each_charge_of_another_cycle_counts_once_by_the_day_it_is_due(story: Story) -> None:
    """Texts from the 16th to the 15th: what is due on 16 July counts in July."""
    story.sells("total", ChargeKind.COMMITMENT, Flat(D("100.00")), across=True)
    story.subscribes("a", "2027-06-01", {"total": 1})
    story.subscribes("c", "2027-06-16", {"texts": 1})
    story.uses("texts", "2027-06-20", 30)
    assert story.bills("2027-07-01") == ["total 2027-06-01..2027-06-30 100.00"]
    assert story.bills("2027-07-16") == ["texts 2027-06-16..2027-07-15 30.00"]
    story.uses("texts", "2027-07-20", 25)
    assert story.bills("2027-08-01") == ["total 2027-07-01..2027-07-31 70.00"]
    story.uses("texts", "2027-07-02", 5)  # late
    assert sorted(story.bills("2027-08-02")) == [
        "texts 2027-06-16..2027-07-15 5.00",
        "total 2027-07-01..2027-07-31 -5.00",
    ]
    assert story.bills("2027-08-16") == ["texts 2027-07-16..2027-08-15 25.00"]
    assert story.bills("2027-09-01") == ["total 2027-08-01..2027-08-31 75.00"]


def test_what_is_missing_is_split_where_the_rate_of_tax_changes() -> None:
    """Nothing was used from 15 December 2013: 17 days at 19.6 %, and 14 at 20 % in the new year."""
    story = Story(regime="FR")
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("31.00")))
    story.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.subscribes("s", "2013-12-15", {"calls": 1, "least": 1})
    assert story.bills("2014-01-15") == [
        "least 2013-12-15..2013-12-31 17.00",
        "least 2014-01-01..2014-01-14 14.00",
    ]
    assert [line["tax"]["rate"] for line in story.documents[0]["lines"]] == ["19.6", "20"]
    story.uses("calls", "2014-01-10", 10)
    assert story.bills("2014-01-16") == [
        "calls 2014-01-01..2014-01-14 10.00",
        "CN least 2013-12-15..2013-12-31 5.48",  # 17 of 31 days of 10.00
        "CN least 2014-01-01..2014-01-14 4.52",
    ]


def test_each_discount_on_the_full_amount_is_on_what_the_cap_leaves() -> None:
    """Caps come before the discounts of lines, in whatever order these come together."""
    story = Story(order=Order.EACH_ON_ORIGINAL)
    story.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.sells("most", ChargeKind.CAP, Flat(D("100.00")))
    story.subscribes("s", "2027-06-01", {"calls": 1, "most": 1})
    story.changes("s", granted())
    story.uses("calls", "2027-06-10", 150)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 90.00"]


def test_what_counts_across_subscriptions_counts_whole_though_the_least_is_by_days() -> None:
    """
    300.00 from 19 June is 120.00 for 12 of 30 days; the seat of all June counts its 100.00.

    Rounded nets of lines count (R9); they are not cut: by days 80.00 would be missing.
    """
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("50.00")))
    story.sells("total", ChargeKind.COMMITMENT, Flat(D("300.00")), across=True)
    story.subscribes("b", "2027-06-01", {"seat": 2})
    story.subscribes("a", "2027-06-19", {"total": 1}, anchor="2027-06-01")
    assert story.bills("2027-06-30") == ["seat 2027-06-01..2027-06-30 100.00"]
    assert story.bills("2027-07-01") == [
        "seat 2027-07-01..2027-07-31 100.00",
        "total 2027-06-19..2027-06-30 20.00",
    ]


def test_one_that_ends_inside_its_period_waits_for_what_others_charge_in_it(story: Story) -> None:
    """300.00 for 12 of 30 days are 120.00; of it 50.00 are spent by the end of June: 70.00 miss."""
    story.sells("total", ChargeKind.COMMITMENT, Flat(D("300.00")), across=True)
    story.subscribes("a", "2027-06-01", {"total": 1})
    story.subscribes("b", "2027-06-01", {"calls": 1})
    story.changes("a", Cancelled(day("2027-06-13"), 1))
    assert story.bills("2027-06-13") == []
    story.uses("calls", "2027-06-20", 50)
    assert story.bills("2027-07-01") == [
        "total 2027-06-01..2027-06-12 70.00",
        "calls 2027-06-01..2027-06-30 50.00",
    ]
    assert story.bills("2027-08-01") == []
