"""Ramps: what an item pays after so many months, or from a day, each step a key of its own."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Applies, ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.unit import PricingUnit, Value
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


CREDIT = PricingUnit(
    "credit",
    2,
    "Credits",
    (
        Value("EUR", day("2027-01-01"), D("0.02")),
        Value("EUR", day("2027-04-15"), D("0.03")),
    ),
)


def in_credits(kind=ADVANCE, model=None, *, on="2027-01-01", **more) -> Story:
    story = Story()
    story.units["credit"] = CREDIT
    story.sells("fee", kind, model or Flat(D(5000)), priced_in="credit", **more)
    story.subscribes("s", on, {"fee": 1}, anchor="2027-01-01")
    return story


def test_a_recurring_price_takes_a_value_with_the_next_period() -> None:
    """5,000 credits a month: 100.00 to April, then 150.00."""
    story = in_credits()
    assert nets(story, *MONTHS[:6]) == [*["100.00"] * 4, *["150.00"] * 2]
    assert [line.key.part for line in story.lines] == [*[""] * 4, *["value-2027-04-15"] * 2]
    (line,) = story.documents[-1]["lines"]
    unit = {"code": "credit", "name": "Credits", "value": "0.03", "amount": "5000"}
    assert line["price"]["unit"] == unit


def test_usage_takes_a_value_by_the_time_of_its_events_and_counts_on() -> None:
    """80 by 14 April at 1 credit: 80 × 0.02; then 20 × 1 and 40 × 0.80 credits: 52 × 0.03."""
    story = in_credits(USAGE, Graduated(BANDS))
    story.uses("fee", "2027-04-14", 80)
    story.uses("fee", "2027-04-15", 60)
    assert story.bills("2027-05-01") == [
        "fee 2027-04-01..2027-04-14 1.60",
        "fee 2027-04-15..2027-04-30 1.56",
    ]
    story.uses("fee", "2027-04-16", 1)  # 0.80 of a credit more: 52.8 × 0.03 = 1.584
    assert nets(story, "2027-05-02") == ["0.02"]


def test_a_sum_is_rounded_once() -> None:
    """3 calls at 0.335 credits of 0.50: 1.005 credits are 0.5025, and not three times 0.17."""
    story = Story()
    story.units["credit"] = PricingUnit(
        "credit", 1, "Credits", (Value("EUR", day("2027-01-01"), D("0.50")),)
    )
    story.sells("fee", USAGE, PerUnit(D("0.335")), priced_in="credit")
    story.subscribes("s", "2027-01-01", {"fee": 1})
    story.uses("fee", "2027-01-10", 3)
    assert nets(story, "2027-02-01") == ["0.50"]
    (line,) = story.documents[-1]["lines"]
    assert (line["exact"], line["price"]["unit"]["amount"]) == ("0.5025", "1.005")


def test_what_is_charged_once_has_the_value_of_its_day() -> None:
    once = ChargeKind.ONE_TIME
    assert nets(in_credits(once), *MONTHS) == ["100.00"]
    assert nets(in_credits(once, on="2027-04-15"), *MONTHS) == ["150.00"]


def test_steps_and_values_cut_each_other() -> None:
    """5,000 credits, from the fourth month 7,000: 100.00, from April 140.00, from May 210.00."""
    story = in_credits(ramp=(RampStep(Flat(D(7000)), 3),))
    assert nets(story, *MONTHS[:5]) == ["100.00", "100.00", "100.00", "140.00", "210.00"]
    parts = [line.key.part for line in story.lines]
    assert parts == ["", "", "", "step-2", "step-2/value-2027-04-15"]
    assert at_part(story.prices["fee"], parts[-1]).model == Flat(D(7000))


def test_a_part_of_a_period_is_a_part_of_its_units() -> None:
    """16 of 31 days of 5,000 credits: 51.61, which is a part of a credit."""
    story = in_credits(on="2027-01-16")
    assert nets(story, "2027-01-16") == ["51.61"]
    (line,) = story.documents[-1]["lines"]
    assert line["price"]["unit"]["amount"] == "80000/31"
    said = line["expression"]
    assert (said["quantity"], said["price"], said["base_quantity"]) == ("16", "100", 31)


def test_a_unit_without_a_value_on_the_first_day_is_refused() -> None:
    with pytest.raises(InvalidError, match="on 2026-12-01, found the first on 2027-01-01"):
        nets(in_credits(on="2026-12-01"), "2026-12-01")
