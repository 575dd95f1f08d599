"""Discounts of lines, with the sum beside each line; a law over any life."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.proration import Proration
from solde.domain.subscriptions import (
    Cancelled,
    DiscountEnded,
    DiscountGranted,
    Paused,
    QuantityChanged,
)
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("basic", ChargeKind.ADVANCE, Flat(D("100.00")))
    told.sells("plus", ChargeKind.ADVANCE, Flat(D("160.00")))
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    told.sells(
        "calls",
        ChargeKind.USAGE,
        Graduated((Tier(D(100), D("1.00")), Tier(None, D("0.80")))),
    )
    return told


def off(on: str, name: str = "g", sequence: int = 1, **more) -> DiscountGranted:
    known = {"percent", "amount", "rank"}
    discount = Discount(**{one: value for one, value in more.items() if one in known})
    offer = Offer(name, discount, **{one: value for one, value in more.items() if one not in known})
    return DiscountGranted(day(on), sequence, Grant(name, offer, day(on)))


TEN = {"percent": D(10)}
FIVE = {"amount": Money(5_00, "EUR")}


def test_how_the_lines_say_it(story: Story) -> None:
    """R11: a charge lists its discounts; what is given back is said at the price after them."""
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.changes("s", off("2027-06-01", **TEN))
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-15"), 3))
    story.bills("2027-06-15")
    charge, credit = (document["lines"][0] for document in story.documents)
    assert charge["gross"] == 100_00
    assert charge["discounts"] == [
        {"id": "g", "name": "g", "rank": 0, "percent": "10", "amount": 10_00}
    ]
    assert charge["expression"] == {
        "quantity": "1",
        "unit": "C62",
        "price": "100",
        "base_quantity": 1,
    }
    assert "gross" not in credit
    assert credit["discounts"][0]["amount"] == 5_33  # of a credit note, as all its amounts
    # 16 days of 90.00 by 30: 48.00
    assert credit["expression"] == {
        "quantity": "16",
        "unit": "DAY",
        "price": "90",
        "base_quantity": 30,
    }


def test_percent_before_fixed_and_never_below_zero(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1, "seat": 1})
    story.changes("s", off("2027-06-01", "five", 1, **FIVE))
    story.changes("s", off("2027-06-01", "ten", 2, **TEN))
    story.changes("s", off("2027-06-01", "six", 3, amount=Money(6_00, "EUR"), rank=1))
    assert story.bills("2027-06-01") == [
        "basic 2027-06-01..2027-06-30 79.00",  # 100.00 - 10.00 - 5.00 - 6.00
        "seat 2027-06-01..2027-06-30 0.00",  # 9.99 - 1.00 - 5.00 - 3.99
    ]
    assert story.last_totals() == [("invoice", 79_00, 0, 79_00)]


def test_a_fixed_amount_runs_by_days_like_its_price(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.changes("s", off("2027-06-01", **FIVE))
    assert story.bills("2027-06-01") == ["basic 2027-06-01..2027-06-30 95.00"]
    story.changes("s", Cancelled(day("2027-06-13"), 2))
    # 12 of 30 days: 40.00 - 2.00 = 38.00 are kept
    assert story.bills("2027-06-13") == ["CN basic 2027-06-13..2027-06-30 57.00"]


def test_an_amount_runs_by_the_days_of_the_timeline_by_actual_30_too() -> None:
    """A June of 30.00 and 6.00 off; paused from the 11th after it was billed, 10.00 and 2.00."""
    story = Story()
    story.sells("fee", ChargeKind.ARREARS, Flat(D("30.00")), proration=Proration.ACTUAL_30)
    story.subscribes("s", "2027-06-01", {"fee": 1})
    offer = Offer("Off", Discount(amount=Money(6_00, "EUR")))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, Grant("g", offer, day("2027-06-01"))))
    assert story.bills("2027-07-01") == ["fee 2027-06-01..2027-06-30 24.00"]
    story.changes("s", Paused(day("2027-06-11"), 2))
    story.bills("2027-07-02")
    assert sum(line.net.minor for line in story.lines) == 8_00


def test_more_seats_get_the_percentage_and_no_second_amount(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.changes("s", off("2027-06-01", **FIVE))
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 24.97"]  # 29.97 - 5.00
    story.changes("s", QuantityChanged(day("2027-06-15"), 2, "sit_seat", D(5)))
    assert story.bills("2027-06-15") == ["seat 2027-06-15..2027-06-30 10.66"]
    story.changes("s", QuantityChanged(day("2027-06-15"), 3, "sit_seat", D(3)))
    assert story.bills("2027-06-15") == ["CN seat 2027-06-15..2027-06-30 10.66"]


def test_a_period_once_covered_stays_covered_for_late_usage(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.changes("s", off("2027-06-01", periods=1, **TEN))
    story.uses("calls", "2027-06-10", 95)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 85.50"]  # 95.00 - 9.50
    story.uses("calls", "2027-06-30", 10)
    story.uses("calls", "2027-07-10", 10)
    # 100.00 + 5 × 0.80 = 104.00, less 10.40: 93.60; and July has no coupon
    assert story.bills("2027-08-01") == [
        "calls 2027-06-01..2027-06-30 8.10",
        "calls 2027-07-01..2027-07-31 10.00",
    ]


def test_a_discount_granted_afterwards_is_a_line_of_its_own(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", off("2027-06-01", **TEN))
    assert story.bills("2027-06-10") == ["CN basic 2027-06-01..2027-06-30 10.00"]
    assert story.bills("2027-06-12") == []


def test_a_discount_that_ends_afterwards_is_given_back_and_charged_anew(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.changes("s", off("2027-06-01", **TEN))
    story.bills("2027-06-01")
    story.changes("s", DiscountEnded(day("2027-06-01"), 2, "g"))
    assert story.bills("2027-06-11") == [
        "basic 2027-06-01..2027-06-30 -90.00",
        "basic 2027-06-01..2027-06-30 100.00",
    ]
    assert story.bills("2027-06-12") == []
    story.changes("s", Cancelled(day("2027-06-01"), 3))
    assert story.bills("2027-06-13") == ["CN basic 2027-06-01..2027-06-30 100.00"]
    assert story.documents[-1]["lines"][0]["corrects"]["number"] == "E-2"


def test_an_amount_given_back_afterwards_runs_by_days_too(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", off("2027-06-01", periods=1, amount=Money(20_00, "EUR")))
    assert story.bills("2027-06-10") == ["CN basic 2027-06-01..2027-06-30 20.00"]
    assert story.bills("2027-06-11") == []
    story.changes("s", Cancelled(day("2027-06-15"), 2))
    # 14 of 30 days stay: 46.67 - 9.33 = 37.34 of 80.00
    assert story.bills("2027-06-15") == ["CN basic 2027-06-15..2027-06-30 42.66"]


def test_a_free_month_is_told_and_costs_nothing_when_it_ends(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.changes("s", off("2027-06-01", percent=D(100)))
    assert story.bills("2027-06-01") == ["basic 2027-06-01..2027-06-30 0.00"]
    story.changes("s", Cancelled(day("2027-06-02"), 2))
    assert story.bills("2027-06-02") == []
    assert story.bills("2027-07-01") == []


def test_a_change_of_rate_shares_one_discount_over_both_lines() -> None:
    """31.00 from 15 December 2013 in France: 19.6 % until the year's end, 20 % from then on."""
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ARREARS, Flat(D("31.00")))
    story.subscribes("s", "2013-12-15", {"fee": 1})
    story.changes("s", off("2013-12-15", **TEN))
    assert story.bills("2014-01-15") == [
        "fee 2013-12-15..2013-12-31 15.30",  # 17.00 - 1.70
        "fee 2014-01-01..2014-01-14 12.60",  # 14.00 - 1.40
    ]
    story.changes("s", DiscountEnded(day("2013-12-15"), 2, "g"))
    assert story.bills("2014-01-16") == [
        "fee 2013-12-15..2013-12-31 -15.30",
        "fee 2014-01-01..2014-01-14 -12.60",
        "fee 2013-12-15..2013-12-31 17.00",
        "fee 2014-01-01..2014-01-14 14.00",
    ]


DAYS = st.integers(1, 29)
CHANGES = st.lists(
    st.tuples(DAYS, st.sampled_from(("seats", "percent", "amount", "end", "cancel")), DAYS),
    max_size=6,
)


@given(lived=CHANGES, bills=st.lists(DAYS, max_size=4))
def test_lines_sum_to_the_net_of_the_timeline_whatever_was_billed_between(lived, bills) -> None:
    """A life billed as it went is worth what the same life is worth billed once, at its end."""
    often, once = Story(), Story()
    for one in (often, once):
        one.sells("seat", ChargeKind.ADVANCE, PerUnit(D("19.99")))
        one.subscribes("s", "2027-06-01", {"seat": 2})
    often.bills("2027-06-01")
    today = 1
    for sequence, (on, what, value) in enumerate(sorted(lived), 1):
        for stop in sorted(stop for stop in bills if today < stop <= on):
            often.bills(f"2027-06-{stop:02d}")
        today = on
        change = _change(what, f"2027-06-{on:02d}", sequence, value)
        often.changes("s", change)
        once.changes("s", change)
    often.bills("2027-06-30")
    once.bills("2027-06-30")
    assert sum(line.net.minor for line in often.lines) == sum(line.net.minor for line in once.lines)
    assert sum(line.net.minor for line in often.lines) >= 0


def _change(what: str, on: str, sequence: int, value: int):
    effective_on = day(on)
    match what:
        case "seats":
            return QuantityChanged(effective_on, sequence, "sit_seat", D(value % 4))
        case "percent":
            offer = Offer("p", Discount(percent=D(value)))
        case "amount":
            offer = Offer("a", Discount(amount=Money(value * 37, "EUR")), Level.LINE)
        case "end":
            return DiscountEnded(day("2027-06-01"), sequence, f"g{value % 4}")
        case _:
            return Cancelled(effective_on, sequence)
    grant = Grant(f"g{sequence}", offer, day("2027-06-01"))
    return DiscountGranted(day("2027-06-01"), sequence, grant)
