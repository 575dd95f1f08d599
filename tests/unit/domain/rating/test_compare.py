"""Propose and compare: what changes after it was billed, with the sum beside each line."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.subscriptions import (
    Cancelled,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
)
from solde.domain.trials import Trial
from tests.support.story import Story, day, item

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("basic", ChargeKind.ADVANCE, Flat(D("100.00")))
    told.sells("plus", ChargeKind.ADVANCE, Flat(D("160.00")))
    told.sells("pro", ChargeKind.ADVANCE, Flat(D("110.00")))
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    told.sells("late_fee", ChargeKind.ARREARS, Flat(D("100.00")))
    return told


def plan(on: str, old: str, new: str) -> PlanChanged:
    return PlanChanged(day(on), 1, new, (f"sit_{old}",), (item(new),))


def test_an_upgrade_in_mid_month_gives_back_and_charges(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    assert story.bills("2027-06-01") == ["basic 2027-06-01..2027-06-30 100.00"]
    story.changes("s", plan("2027-06-15", "basic", "plus"))
    assert story.bills("2027-06-15") == [
        "basic 2027-06-15..2027-06-30 -53.33",  # 16 of 30 days of 100.00
        "plus 2027-06-15..2027-06-30 85.33",  # 16 of 30 days of 160.00
    ]


def test_another_price_rounds_by_its_own_key(story: Story) -> None:
    """Cumulated over both prices it would be 58.66, and no customer could check the line (R3)."""
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", plan("2027-06-15", "basic", "pro"))
    assert story.bills("2027-06-15") == [
        "basic 2027-06-15..2027-06-30 -53.33",
        "pro 2027-06-15..2027-06-30 58.67",
    ]


def test_in_arrears_the_same_days_are_charged_once_each(story: Story) -> None:
    story.sells("late_pro", ChargeKind.ARREARS, Flat(D("110.00")))
    story.subscribes("s", "2027-06-01", {"late_fee": 1})
    story.changes("s", plan("2027-06-15", "late_fee", "late_pro"))
    assert story.bills("2027-07-01") == [
        "late_fee 2027-06-01..2027-06-14 46.67",
        "late_pro 2027-06-15..2027-06-30 58.67",
    ]


def test_more_seats_are_one_line_for_the_difference(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 3})
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 29.97"]
    story.changes("s", QuantityChanged(day("2027-06-15"), 1, "sit_seat", D(5)))
    assert story.bills("2027-06-15") == ["seat 2027-06-15..2027-06-30 10.66"]  # 2 × 9.99 × 16 ÷ 30
    story.changes("s", QuantityChanged(day("2027-07-01"), 2, "sit_seat", D(3)))
    assert story.bills("2027-07-01") == ["seat 2027-07-01..2027-07-31 29.97"]


def test_the_last_state_of_a_day_is_billed(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"seat": 3})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-15"), 1, "sit_seat", D(5)))
    story.changes("s", QuantityChanged(day("2027-06-15"), 2, "sit_seat", D(3)))
    assert story.bills("2027-06-15") == []


def test_a_period_cut_four_times_adds_up(story: Story) -> None:
    """19.99 over 31 days, cut 7, 7, 7, 10."""
    story.sells("fee", ChargeKind.ADVANCE, PerUnit(D("19.99")))
    story.subscribes("s", "2027-01-01", {"fee": 0})
    cuts = (("01", 1), ("08", 0), ("08", 1), ("15", 0), ("15", 1), ("22", 0), ("22", 1))
    found = []
    for sequence, (on, quantity) in enumerate(cuts, 1):
        change = QuantityChanged(day(f"2027-01-{on}"), sequence, "sit_fee", D(quantity))
        story.changes("s", change)
    found = story.bills("2027-01-31")
    assert found == ["fee 2027-01-01..2027-01-31 19.99"]


def test_a_cancellation_gives_back_the_days_to_come(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-21"), 1))  # last day the 20th
    assert story.bills("2027-06-21") == ["CN basic 2027-06-21..2027-06-30 33.33"]
    assert story.bills("2027-07-01") == []


def test_a_cancellation_withdrawn_in_time_leaves_nothing(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    before = story.subscriptions["s"]
    story.changes("s", Cancelled(day("2027-06-21"), 1))
    story.subscriptions["s"] = before
    assert story.bills("2027-06-21") == []


def test_a_change_dated_back_comes_as_credit_and_charge_of_its_own_month(story: Story) -> None:
    story.subscribes("s", "2027-05-01", {"basic": 1})
    story.bills("2027-05-01")
    story.bills("2027-06-01")
    story.changes("s", plan("2027-05-17", "basic", "plus"))
    assert story.bills("2027-06-10") == [
        "basic 2027-05-17..2027-05-31 -48.39",  # 15 of 31 days
        "plus 2027-05-17..2027-05-31 77.42",
        "plus 2027-06-01..2027-06-30 160.00",
        "basic 2027-06-01..2027-06-30 -100.00",
    ]
    corrected = [line.get("corrects", {}).get("number") for line in story.documents[-1]["lines"]]
    assert corrected == ["E-1", None, None, "E-2"]


def test_a_device_switched_on_in_mid_month_is_charged_from_its_own_day(story: Story) -> None:
    story.sells("device", ChargeKind.ADVANCE, PerUnit(D("3.00")))
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", ItemsAdded(day("2027-06-21"), 1, (item("device", 2),)))
    assert story.bills("2027-07-01") == [
        "basic 2027-07-01..2027-07-31 100.00",
        "device 2027-06-21..2027-06-30 2.00",  # 2 × 3.00 × 10 ÷ 30
        "device 2027-07-01..2027-07-31 6.00",
    ]


@pytest.mark.parametrize(
    ("model", "first", "late"),
    [
        (Graduated(BANDS), "calls 2027-06-01..2027-06-30 95.00", "+9.00"),
        (Volume(BANDS), "calls 2027-06-01..2027-06-30 95.00", "-11.00"),
    ],
)
def test_ten_units_too_late_move_the_tiers_of_their_own_month(story, model, first, late) -> None:
    """Graduated 95.00 → 104.00; by volume 105 × 0.80 = 84.00."""
    story.sells("calls", ChargeKind.USAGE, model)
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-20", 95)
    assert story.bills("2027-07-01") == [first]
    story.uses("calls", "2027-06-30", 10)
    sign = "CN " if late.startswith("-") else ""
    assert story.bills("2027-07-05") == [f"{sign}calls 2027-06-01..2027-06-30 {late[1:]}"]


def test_what_is_proposed_after_a_bill_is_nothing(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1, "seat": 2})
    story.bills("2027-06-01")
    story.dirty_from = day("2027-06-01")  # looked at again, and nothing has changed
    assert story.bills("2027-06-02") == []


def test_a_run_that_was_missed_is_caught_up_by_the_next(story: Story) -> None:
    story.subscribes("s", "2027-05-01", {"basic": 1})
    assert story.bills("2027-07-10") == [
        "basic 2027-05-01..2027-05-31 100.00",
        "basic 2027-06-01..2027-06-30 100.00",
        "basic 2027-07-01..2027-07-31 100.00",
    ]


def test_a_trial_is_free_and_then_prorated(story: Story) -> None:
    """Calendar months; the trial ends on the 16th: 15 of 30 days."""
    story.subscribes(
        "s", "2027-06-02", {"basic": 1}, anchor="2027-06-01", trial=Trial(day("2027-06-16"))
    )
    assert story.bills("2027-06-10") == []
    assert story.bills("2027-06-16") == ["basic 2027-06-16..2027-06-30 50.00"]


def test_a_pause_gives_back_its_days_and_the_rest_is_charged_again(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", Paused(day("2027-06-11"), 1))
    assert story.bills("2027-06-11") == ["CN basic 2027-06-11..2027-06-30 66.67"]
    story.changes("s", Resumed(day("2027-06-21"), 2))
    assert story.bills("2027-06-21") == ["basic 2027-06-21..2027-06-30 33.34"]  # 66.67 in all
