"""What coupons take off lines and documents, and what of it is given back."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled, DiscountGranted, PlanChanged, QuantityChanged
from tests.support.story import Story, day, item

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("a", ChargeKind.ADVANCE, Flat(D("33.33")))
    told.sells("b", ChargeKind.ADVANCE, Flat(D("66.67")))
    told.sells("c", ChargeKind.ADVANCE, Flat(D("49.99")), tax_class="reduced")
    return told


def granted(level=Level.DOCUMENT, percent: str = "10", **more) -> DiscountGranted:
    offer = Offer("Coupon", Discount(percent=D(percent)), level, **more)
    return DiscountGranted(day("2027-06-01"), 1, Grant("g", offer, day("2027-06-01")))


def taken(document) -> list[int]:
    return [sum(one["amount"] for one in line["allowances"]) for line in document["lines"]]


def test_01_what_is_given_back_is_what_was_invoiced() -> None:
    """An upgrade on the 15th, cancelled with last day 20th; 70.80 is kept."""
    story = Story()
    story.sells("basic", ChargeKind.ADVANCE, Flat(D("100.00")))
    story.sells("plus", ChargeKind.ADVANCE, Flat(D("160.00")))
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.changes("s", granted(Level.LINE))
    assert story.bills("2027-06-01") == ["basic 2027-06-01..2027-06-30 90.00"]  # 100.00 - 10.00
    upgrade = PlanChanged(day("2027-06-15"), 2, "p", ("sit_basic",), (item("plus"),))
    story.changes("s", upgrade)
    assert story.bills("2027-06-15") == [
        "basic 2027-06-15..2027-06-30 -48.00",  # 46.67 - 4.67 are left of 90.00
        "plus 2027-06-15..2027-06-30 76.80",  # 85.33 - 8.53
    ]
    story.changes("s", Cancelled(day("2027-06-21"), 3))
    # 6 of 30 days of 160.00 are 32.00, less 3.20: 28.80 are left of 76.80
    assert story.bills("2027-06-21") == ["CN plus 2027-06-21..2027-06-30 48.00"]
    assert sum(line.net.minor for line in story.lines) == 70_80


def test_05_a_coupon_is_rounded_once_and_given_back_as_it_was_given(story: Story) -> None:
    """15.00 of 149.99, by rate first; then half of line 2, line 3, and the rest."""
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1, "c": 1})
    story.changes("s", granted())
    assert story.bills("2027-06-01") == [
        "a 2027-06-01..2027-06-30 33.33",
        "b 2027-06-01..2027-06-30 66.67",
        "c 2027-06-01..2027-06-30 49.99",
    ]
    invoice = story.documents[0]
    assert taken(invoice) == [3_33, 6_67, 5_00]
    assert invoice["taxes"] == [
        {"category": "S", "rate": "5.5", "base": 44_99, "tax": 2_47},
        {"category": "S", "rate": "20", "base": 90_00, "tax": 18_00},
    ]
    assert story.last_totals() == [("invoice", 134_99, 20_47, 155_46)]
    assert (invoice["totals"]["lines"], invoice["totals"]["allowances"]) == (149_99, 15_00)
    assert [(one["tax"]["rate"], one["amount"]) for one in invoice["allowances"]] == [
        ("20", 10_00),
        ("5.5", 5_00),
    ]

    story.changes("s", QuantityChanged(day("2027-06-16"), 2, "sit_b", D(0)))
    # half of 66.67 is 33.34 that stays (rounded up), with 3.34 of 6.67: 30.00 go back
    assert story.bills("2027-06-16") == ["CN b 2027-06-16..2027-06-30 30.00"]
    assert story.last_totals() == [("credit_note", 30_00, 6_00, 36_00)]
    story.changes("s", QuantityChanged(day("2027-06-01"), 3, "sit_c", D(0)))
    assert story.bills("2027-06-17") == ["CN c 2027-06-01..2027-06-30 44.99"]
    assert story.last_totals() == [("credit_note", 44_99, 2_47, 47_46)]
    story.changes("s", Cancelled(day("2027-06-01"), 4))
    assert story.bills("2027-06-18") == [
        "CN a 2027-06-01..2027-06-30 30.00",
        "CN b 2027-06-01..2027-06-15 30.00",
    ]
    assert story.last_totals() == [("credit_note", 60_00, 12_00, 72_00)]


def test_26_a_free_month_that_ends_on_its_second_day_gives_nothing_back(story: Story) -> None:
    """33.33 less 33.33; 32.22 of it less as much is 0.00."""
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.changes("s", granted(percent="100", periods=1))
    assert story.bills("2027-06-01") == ["a 2027-06-01..2027-06-30 33.33"]
    assert story.last_totals() == [("invoice", 0, 0, 0)]
    story.changes("s", Cancelled(day("2027-06-02"), 2))
    assert story.bills("2027-06-02") == ["CN a 2027-06-02..2027-06-30 0.00"]
    assert story.last_totals() == [("credit_note", 0, 0, 0)]
    assert story.bills("2027-07-01") == []
