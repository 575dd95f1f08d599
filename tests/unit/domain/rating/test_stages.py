"""Ramps: what an item pays after so many months, or from a day, each step a key of its own."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Applies, ChargeKind
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.tiers import Tier
from solde.domain.rating.stages import at_part
from solde.domain.subscriptions import CycleChanged, ItemsAdded, QuantityChanged
from solde.domain.trials import Trial
from tests.support.story import Story, day, item

D = Decimal
ADVANCE, ARREARS, USAGE = ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.USAGE
RISING = (RampStep(Flat(D("75.00")), 3), RampStep(Flat(D("100.00")), 6))
"""50.00 in months 1 to 3, 75.00 in months 4 to 6, then 100.00."""
MONTHS = [f"2027-{month:02d}-01" for month in range(1, 9)]


def begun(kind=ADVANCE, model=None, ramp=RISING, *, on="2027-01-01", **more) -> Story:
    story = Story()
    story.sells("fee", kind, model or Flat(D("50.00")), ramp=ramp)
    story.subscribes("s", on, {"fee": 1}, anchor="2027-01-01", **more)
    return story


def nets(story: Story, *days: str) -> list[str]:
    return [row.split()[-1] for on in days for row in story.bills(on)]


def test_steps_on_a_period_s_first_day_prorate_nothing() -> None:
    story = begun()
    assert nets(story, *MONTHS) == [*["50.00"] * 3, *["75.00"] * 3, *["100.00"] * 2]
    parts = [line.key.part for line in story.lines]
    assert parts == [*[""] * 3, *["step-2"] * 3, *["step-3"] * 2]
    assert {line.key.price_version for line in story.lines} == {1}


def test_billed_at_once_it_comes_to_the_same() -> None:
    assert nets(begun(), MONTHS[-1]) == [*["50.00"] * 3, *["75.00"] * 3, *["100.00"] * 2]


INSIDE = [
    # from 15 January three months end on 15 April: 17 of 31 days of January at 50.00 are 27.42
    # with the next period, May; 14 and 16 of 30 days of April at 50.00 and 75.00
    (False, ["27.42", "50.00", "50.00", "50.00", "75.00"]),
    (True, ["27.42", "50.00", "50.00", "23.33", "40.00", "75.00"]),
]


@pytest.mark.parametrize(("mid_period", "amounts"), INSIDE)
def test_a_step_inside_a_period_waits_for_the_next_or_cuts_it(mid_period, amounts) -> None:
    ramp = (RampStep(Flat(D("75.00")), 3, mid_period=mid_period),)
    story = begun(ARREARS, ramp=ramp, on="2027-01-15")
    assert nets(story, *MONTHS[1:6]) == amounts


def test_in_advance_each_step_is_due_on_its_own_first_day() -> None:
    story = begun(ramp=(RampStep(Flat(D("75.00")), 3, mid_period=True),), on="2027-01-15")
    assert nets(story, "2027-04-01")[-1] == "23.33"
    assert nets(story, "2027-04-15") == ["40.00"]


def test_by_days_steps_are_the_same_for_whoever_begins_when() -> None:
    ramp = (RampStep(Flat(D("75.00")), from_on=day("2027-04-01")),)
    assert nets(begun(ramp=ramp), "2027-04-01") == ["50.00", "50.00", "50.00", "75.00"]
    assert nets(begun(ramp=ramp, on="2027-03-01"), "2027-04-01") == ["50.00", "75.00"]
    assert nets(begun(ramp=ramp, on="2027-05-01"), "2027-05-01") == ["75.00"]


def test_a_trial_is_before_the_first_month() -> None:
    story = begun(trial=Trial(day("2027-02-01")))
    assert nets(story, *MONTHS) == [*["50.00"] * 3, *["75.00"] * 3, "100.00"]


def test_months_are_those_of_the_item_and_go_on_in_another_cycle() -> None:
    story = begun()
    assert nets(story, *MONTHS[:2]) == ["50.00", "50.00"]
    story.changes("s", ItemsAdded(day("2027-03-01"), 1, (item("fee", name="late"),)))
    story.changes("s", CycleChanged(day("2027-03-01"), 2, Cycle(Unit.MONTH, 1, day("2027-03-05"))))
    rows = story.bills("2027-06-05")
    assert [row for row in rows if row.startswith("fee")][1:4] == [
        "fee 2027-03-05..2027-04-04 50.00",
        "fee 2027-04-05..2027-05-04 75.00",  # three months from 1 January, the next period
        "fee 2027-05-05..2027-06-04 75.00",
    ]
    assert [row.split()[-1] for row in rows if row.startswith("late")][1:] == [
        "50.00",
        "50.00",
        "50.00",
        "75.00",
    ]


def test_of_two_steps_that_count_from_one_period_the_later_stands() -> None:
    """A year in advance: months 4 and 7 both wait for the next year."""
    story = begun(unit=Unit.YEAR)
    assert nets(story, "2027-01-01", "2028-01-01") == ["50.00", "100.00"]


def test_a_change_of_quantity_is_rounded_within_its_step() -> None:
    """April at 75.00 a seat: two seats from the 16th are 15 of 30 days of one more, 37.50."""
    ramp = (RampStep(PerUnit(D("75.00")), 3),)
    story = begun(model=PerUnit(D("50.00")), ramp=ramp)
    story.bills("2027-04-01")
    story.changes("s", QuantityChanged(day("2027-04-16"), 1, "sit_fee", D(2)))
    assert story.bills("2027-04-16") == ["fee 2027-04-16..2027-04-30 37.50"]
    assert story.lines[-1].key.part == "step-2"


BANDS = (Tier(D(100), D("1.00")), Tier(None, D("0.80")))
DEAR = (Tier(D(100), D("2.00")), Tier(None, D("1.50")))


def test_usage_steps_by_the_time_of_its_events_and_counts_on() -> None:
    """80 by 14 April at 1.00; then 60: 20 × 2.00 and 40 × 1.50."""
    ramp = (RampStep(Graduated(DEAR), 3),)
    story = begun(USAGE, Graduated(BANDS), ramp, on="2027-01-15")
    story.uses("fee", "2027-04-14", 80)
    story.uses("fee", "2027-04-15", 60)
    assert story.bills("2027-05-01") == [
        "fee 2027-04-01..2027-04-14 80.00",
        "fee 2027-04-15..2027-04-30 100.00",
    ]


def test_a_maximum_keeps_the_step_that_its_period_began_with() -> None:
    story = Story()
    story.sells(
        "fee", USAGE, PerUnit(D(5)), aggregation=Aggregation.MAX, ramp=(RampStep(PerUnit(D(6)), 3),)
    )
    story.subscribes("s", "2027-01-15", {"fee": 1}, anchor="2027-01-01")
    story.uses("fee", "2027-04-20", 10)
    story.uses("fee", "2027-05-20", 10)
    assert nets(story, "2027-05-01", "2027-06-01") == ["50.00", "60.00"]


def test_the_least_of_a_period_goes_up_in_steps() -> None:
    """100.00 at least, from the fourth month 200.00; 40.00 a month are used."""
    story = Story()
    story.sells("calls", USAGE, PerUnit(D("1.00")))
    least = (RampStep(Flat(D("200.00")), 3),)
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("100.00")), ramp=least)
    story.subscribes("s", "2027-01-01", {"calls": 1, "least": 1})
    for month in ("03", "04"):
        story.uses("calls", f"2027-{month}-10", 40)
    story.bills("2027-03-01")
    assert nets(story, "2027-04-01", "2027-05-01") == ["40.00", "60.00", "40.00", "160.00"]


def test_a_version_has_steps_of_its_own_from_the_item_s_first_month() -> None:
    story = begun()
    story.bills("2027-01-01")
    story.publishes(
        "fee",
        Flat(D("60.00")),
        "2027-03-01",
        Applies.EXISTING,
        ramp=(RampStep(Flat(D("90.00")), 4),),
    )
    assert nets(story, *MONTHS[1:6]) == ["50.00", "60.00", "60.00", "90.00", "90.00"]
    keys = [(line.key.price_version, line.key.part) for line in story.lines]
    assert keys == [(1, ""), (1, ""), (2, ""), (2, ""), (2, "step-2"), (2, "step-2")]


def test_a_part_of_a_price_says_what_its_step_says() -> None:
    story = begun()
    price = story.prices["fee"]
    assert at_part(price, "") == price
    assert at_part(price, "step-2") == replace(price, model=Flat(D("75.00")), ramp=())
    assert at_part(price, "step-3").model == Flat(D("100.00"))
