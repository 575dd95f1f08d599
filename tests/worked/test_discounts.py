"""Discounts: what is given back is what was invoiced, after all that was taken off."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled, DiscountGranted, PlanChanged
from tests.support.story import Story, day, item

D = Decimal


def test_01_a_line_coupon_an_upgrade_and_an_end() -> None:
    story = Story()
    story.sells("basic", ChargeKind.ADVANCE, Flat(D("100.00")))
    story.sells("plus", ChargeKind.ADVANCE, Flat(D("160.00")))
    story.subscribes("s", "2027-06-01", {"basic": 1})
    grant = Grant("g", Offer("Ten", Discount(percent=D(10))), day("2027-06-01"))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, grant))
    assert story.bills("2027-06-01") == ["basic 2027-06-01..2027-06-30 90.00"]  # 100.00 − 10.00
    upgrade = PlanChanged(day("2027-06-15"), 2, "p", ("sit_basic",), (item("plus"),))
    story.changes("s", upgrade)
    assert story.bills("2027-06-15") == [
        "basic 2027-06-15..2027-06-30 -48.00",  # 90.00 × 16/30
        "plus 2027-06-15..2027-06-30 76.80",  # 160.00 × 16/30 = 85.33, less 8.53
    ]
    story.changes("s", Cancelled(day("2027-06-21"), 3))
    # ten days of 16 are left of 76.80: 48.00
    assert story.bills("2027-06-20") == ["CN plus 2027-06-21..2027-06-30 48.00"]
    assert sum(line.net.minor for line in story.lines) == 70_80  # 90.00 − 48.00 + 76.80 − 48.00
