"""Credits by hand: what they leave to give back, with the sum beside each line."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import (
    Cancelled,
    DiscountGranted,
    PlanChanged,
    QuantityChanged,
    Withdrawn,
)
from tests.support.story import Story, day, item

D = Decimal


@pytest.fixture
def story() -> Story:
    """June has 30 days, and 100.00 were billed for it in advance."""
    return opened()


def opened(quantity: str = "1", amount: str = "100") -> Story:
    told = Story()
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D(amount)))
    told.subscribes("s", "2027-06-01", {"seat": quantity})
    told.bills("2027-06-01")
    return told


def test_goodwill_is_given_once_and_never_billed_again(story) -> None:
    story.credits(0, 20_00)
    assert story.bills("2027-06-02") == ["CN seat 2027-06-01..2027-06-30 20.00"]
    assert story.documents[-1]["lines"][0]["description"] == "Goodwill"
    assert story.bills("2027-06-03") == []
    story.dirty_from = day("2027-06-01")
    assert story.bills("2027-06-04") == []


def test_what_is_cancelled_gives_back_what_is_left(story) -> None:
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    # 80.00 × 16/30 = 42.666…
    assert story.bills("2027-06-15") == ["CN seat 2027-06-15..2027-06-30 42.67"]
    assert sum(line.net.minor for line in story.lines) == 37_33  # 80.00 × 14/30


def test_both_at_once_come_to_the_same(story) -> None:
    story.credits(0, 20_00)
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    story.bills("2027-06-15")
    assert sum(line.net.minor for line in story.lines) == 37_33


def test_days_that_are_named_carry_the_credit_alone(story) -> None:
    story.credits(0, 10_00, "2027-06-01", "2027-06-06")
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    # The days credited stay: 100.00 × 16/30 = 53.33
    assert story.bills("2027-06-15") == ["CN seat 2027-06-15..2027-06-30 53.33"]


def test_one_seat_of_three_takes_a_third_of_the_credit_along() -> None:
    story = opened("3", "30")
    story.credits(0, 9_00)
    story.bills("2027-06-02")
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(2)))
    # one seat for half of June: 15.00, less 9.00 × 1/3 × 1/2 = 1.50
    assert story.bills("2027-06-16") == ["CN seat 2027-06-16..2027-06-30 13.50"]


def test_an_upgrade_gives_back_what_is_left_and_charges_the_new_price_whole(story) -> None:
    story.sells("large", ChargeKind.ADVANCE, PerUnit(D(160)))
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    change = PlanChanged(day("2027-06-15"), 1, "large", ("sit_seat",), (item("large"),))
    story.changes("s", change)
    assert story.bills("2027-06-15") == [
        "seat 2027-06-15..2027-06-30 -42.67",  # 80.00 × 16/30
        "large 2027-06-15..2027-06-30 85.33",  # 160.00 × 16/30
    ]


def test_a_credit_comes_after_the_discounts() -> None:
    story = opened()
    ten = Grant("dsc", Offer("Ten", Discount(percent=D(10))), day("2027-06-01"))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, ten))
    story.bills("2027-06-01")
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-15"), 2))
    # 70.00 are billed. What stays: 80.00 × 14/30 = 37.33, less 10 % of 46.67 = 4.67, is 32.66
    assert story.bills("2027-06-15") == ["CN seat 2027-06-15..2027-06-30 37.34"]


def test_a_credit_withdrawn_is_charged_again(story) -> None:
    given_ = story.credits(0, 20_00)
    story.bills("2027-06-02")
    story.adjusts(replace(given_, withdrawn=True))
    assert story.bills("2027-06-03") == ["seat 2027-06-01..2027-06-30 20.00"]
    assert story.bills("2027-06-04") == []


def test_a_cancellation_withdrawn_brings_the_credit_back(story) -> None:
    story.credits(0, 20_00)
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    story.bills("2027-06-15")
    story.changes("s", Withdrawn(day("2027-06-15"), 2, 1))
    story.bills("2027-06-16")
    assert sum(line.net.minor for line in story.lines) == 80_00


def test_a_credit_is_released_over_the_lines_that_take_its_days_back(story) -> None:
    """
    60.00 of 100.00 credited; gone are 5 days (16.67) and from the 20th 11 days (36.67), of which
    the credit gives 60.00 × 16/30 = 32.00 back: out of the larger line, which stays below nothing.
    """
    story.credits(0, 60_00)
    story.bills("2027-06-02")
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_seat", D(0)))
    story.changes("s", QuantityChanged(day("2027-06-06"), 2, "sit_seat", D(1)))
    story.changes("s", Cancelled(day("2027-06-20"), 3))
    assert sorted(story.bills("2027-06-20")) == [
        "CN seat 2027-06-01..2027-06-05 16.67",
        "CN seat 2027-06-20..2027-06-30 4.66",
    ]


def test_credit_of_usage_stays_when_more_is_used() -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(1)))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-03", 50)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 50.00"]
    story.credits(0, 20_00)
    story.bills("2027-07-02")
    story.uses("calls", "2027-06-04", 5)
    assert story.bills("2027-07-03") == ["calls 2027-06-01..2027-06-30 5.00"]


def test_tax_of_the_credit_is_that_of_its_line() -> None:
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D(100)))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    assert story.last_totals() == [("credit_note", 20_00, 4_00, 24_00)]


@given(
    minor=st.integers(1, 100_00),
    gone=st.lists(st.integers(1, 30), min_size=1, max_size=4),
    seats=st.integers(1, 5),
)
def test_whatever_was_billed_the_sum_is_that_of_the_timeline(minor, gone, seats) -> None:
    """A cancellation is moved about: the lines sum to what the last one leaves of 100.00 less."""
    story = opened(str(seats), str(D(100) / seats if 100 % seats == 0 else D(100)))
    whole = story.lines[0].net.minor
    story.credits(0, minor)
    story.bills("2027-06-01")
    number = 0
    for last in gone:
        if number:
            story.changes("s", Withdrawn(day("2027-06-01"), number + 1, number))
            number += 1
        number += 1
        story.changes("s", Cancelled(day(f"2027-06-{last:02}"), number))
        story.bills("2027-06-30")
    days = gone[-1] - 1
    billed = sum(line.net.minor for line in story.lines)
    # to the half unit: round((whole - credit) × days / 30)
    assert abs(billed * 30 - (whole - minor) * days) <= 15
