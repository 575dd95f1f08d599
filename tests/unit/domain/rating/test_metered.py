"""Usage charges: the price of the whole period to date, less what was billed of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Aggregation, ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.subscriptions import Cancelled, PlanChanged
from tests.support.laws import often
from tests.support.story import Story, day, item

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))


def metered(model, *, regime: str = "none", start: str = "2027-06-01") -> Story:
    story = Story(regime=regime)
    story.sells("calls", ChargeKind.USAGE, model)
    story.subscribes("s", start, {"calls": 1})
    return story


LATE = [
    # 95 are billed, then 10 more come
    (Graduated(BANDS), "95.00", "9.00"),  # 100 + 5 × 0.80 = 104.00
    (Volume(BANDS), "95.00", "CN 11.00"),  # 105 × 0.80 = 84.00
    (Package(D(100), D(80)), "80.00", "80.00"),  # the second package is begun
    (PerUnit(D("0.335")), "31.83", "3.35"),  # 31.825 is 31.83, 35.175 is 35.18
]


@pytest.mark.parametrize(("model", "first", "late"), LATE)
def test_what_comes_late_is_the_difference_of_the_whole(model, first, late) -> None:
    story = metered(model)
    story.uses("calls", "2027-06-20", 95)
    assert story.bills("2027-07-01") == [f"calls 2027-06-01..2027-06-30 {first}"]
    story.uses("calls", "2027-06-30", 10)
    (line,) = story.bills("2027-07-05")
    *mark, _, days, net = line.split()
    assert (" ".join([*mark, net]), days) == (late, "2027-06-01..2027-06-30")


def test_a_rate_that_changes_in_the_period_splits_at_the_position_in_the_bands() -> None:
    """80 until the year ends: 80.00. Then 60: 20 × 1.00 and 40 × 0.80 are 52.00."""
    story = metered(Graduated(BANDS), regime="FR", start="2013-12-15")
    story.uses("calls", "2013-12-20", 80)
    story.uses("calls", "2014-01-05", 60)
    assert story.bills("2014-01-15") == [
        "calls 2013-12-15..2013-12-31 80.00",
        "calls 2014-01-01..2014-01-14 52.00",
    ]
    rates = [line["tax"]["rate"] for line in story.documents[0]["lines"]]
    assert rates == ["19.6", "20"]
    assert story.last_totals() == [("invoice", 132_00, 15_68 + 10_40, 158_08)]


def test_what_was_used_before_the_end_stays_billed() -> None:
    story = metered(PerUnit(D("2.00")))
    story.uses("calls", "2027-06-05", 3)
    story.uses("calls", "2027-06-25", 4)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 14.00"]
    story.changes("s", Cancelled(day("2027-06-11"), 1))  # dated back: the 4 were not of it
    assert story.bills("2027-07-02") == ["CN calls 2027-06-01..2027-06-10 8.00"]


def test_a_period_that_is_served_no_more_is_given_back_whole() -> None:
    story = metered(PerUnit(D("2.00")), regime="FR", start="2013-12-15")
    story.uses("calls", "2013-12-20", 3)
    story.uses("calls", "2014-01-05", 4)
    story.bills("2014-01-15")
    story.changes("s", Cancelled(day("2013-12-15"), 1))
    assert story.bills("2014-01-16") == [
        "CN calls 2013-12-15..2013-12-31 6.00",
        "CN calls 2014-01-01..2014-01-14 8.00",
    ]
    assert story.last_totals() == [("credit_note", 14_00, 1_18 + 1_60, 16_78)]


def test_what_was_billed_last_is_given_back_first_each_from_its_own_document() -> None:
    """95.00 and 9.00 late; then 15 events are taken back: 89.00 stay, 9.00 and 6.00 go."""
    story = metered(Graduated(BANDS))
    story.uses("calls", "2027-06-20", 95)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-21", 10)
    story.bills("2027-07-02")
    story.uses("calls", "2027-06-22", -16)
    assert story.bills("2027-07-03") == [
        "CN calls 2027-06-01..2027-06-30 9.00",
        "CN calls 2027-06-01..2027-06-30 6.00",
    ]
    note = story.documents[-1]
    assert [line["corrects"]["id"] for line in note["lines"]] == ["inv_2", "inv_1"]
    assert [line["units"] for line in note["lines"]] == ["-16", "0"]
    story.uses("calls", "2027-06-23", -9)
    assert story.bills("2027-07-04") == ["CN calls 2027-06-01..2027-06-30 9.00"]
    assert story.documents[-1]["lines"][0]["corrects"]["id"] == "inv_1"


def test_a_signed_meter_that_falls_below_nothing_corrects_no_line_with_the_rest() -> None:
    """6.00 were billed, −4.00 is owed: 6.00 is given back, and 4.00 of nothing billed."""
    story = metered(PerUnit(D("2.00")))
    story.meters["calls"] = replace(story.meters["calls"], signed=True)
    story.uses("calls", "2027-06-05", 3)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-06", -5)
    story.bills("2027-07-02")
    lines = story.documents[-1]["lines"]
    assert [(line["net"], line.get("corrects", {}).get("id")) for line in lines] == [
        (6_00, "inv_1"),
        (4_00, None),
    ]


def test_usage_that_costs_nothing_is_told_all_the_same() -> None:
    story = metered(Graduated((Tier(D(100), D(0)), Tier(None, D(1)))))
    story.uses("calls", "2027-06-05", 60)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 0.00"]
    assert story.last_totals() == [("invoice", 0, 0, 0)]


def test_less_than_nothing_needs_a_signed_meter() -> None:
    story = metered(PerUnit(D("2.00")))
    story.uses("calls", "2027-06-05", -3)
    with pytest.raises(InvalidError, match="calls: expected 0 or more, found -3"):
        story.bills("2027-07-01")


DEARER = (Tier(D(100), D("1.10")), Tier(D(200), D("0.90")), Tier(None, D("0.60")))


def moved(old, new, *, on: str = "2027-06-15", aggregation=Aggregation.SUM, regime="none") -> Story:
    """A plan with one price of a meter changes in June to a plan with another price of it."""
    story = Story(regime=regime)
    story.sells("calls", ChargeKind.USAGE, old, aggregation=aggregation)
    story.sells("dear", ChargeKind.USAGE, new, meter="calls")
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.changes("s", PlanChanged(day(on), 1, "plan2", ("sit_calls",), (item("dear"),)))
    return story


def test_tiers_count_on_through_a_plan_change() -> None:
    """80 at the old price, then 60 from the 81st on: 20 × 1.10 and 40 × 0.90 are 58.00."""
    story = moved(Graduated(BANDS), Graduated(DEARER))
    story.uses("calls", "2027-06-10", 80)
    story.uses("calls", "2027-06-20", 60)
    assert story.bills("2027-06-15") == ["calls 2027-06-01..2027-06-14 80.00"]
    assert story.bills("2027-07-01") == ["dear 2027-06-15..2027-06-30 58.00"]
    (line,) = story.documents[-1]["lines"]
    assert (line["units"], [row[:2] for row in line["steps"]]) == (
        "60",
        [["20", "1.1"], ["40", "0.9"]],
    )


def test_the_band_of_a_volume_price_is_that_of_the_whole_period() -> None:
    """140 are of the second band: 80 × 0.80 and 60 × 0.90; the first part waits to know it."""
    story = moved(Volume(BANDS), Volume(DEARER))
    story.uses("calls", "2027-06-10", 80)
    story.uses("calls", "2027-06-20", 60)
    assert story.bills("2027-06-15") == []
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-14 64.00",
        "dear 2027-06-15..2027-06-30 54.00",
    ]


LATE_OF_TWO = [
    # 30 more on 10 June: 20 × 1.00 and 10 × 0.80; the 60 after them are all at 0.90, which is 54.00
    (Graduated, ["calls 2027-06-01..2027-06-14 28.00", "dear 2027-06-15..2027-06-30 -4.00"]),
    (Volume, ["calls 2027-06-01..2027-06-14 24.00"]),  # 30 × 0.80: 170 are of the same band
]


@pytest.mark.parametrize(("model", "expected"), LATE_OF_TWO)
def test_late_usage_of_the_first_part_moves_the_second(model, expected) -> None:
    story = moved(model(BANDS), model(DEARER))
    story.uses("calls", "2027-06-10", 80)
    story.uses("calls", "2027-06-20", 60)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-10", 30)
    assert story.bills("2027-07-02") == expected
    story.dirty_from = day("2027-06-01")
    assert story.bills("2027-07-03") == []


def test_late_usage_that_reaches_another_band_corrects_both_parts() -> None:
    """80 + 60 become 80 + 130: the third band, 80 × 0.50 and 130 × 0.60."""
    story = moved(Volume(BANDS), Volume(DEARER))
    story.uses("calls", "2027-06-10", 80)
    story.uses("calls", "2027-06-20", 60)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-25", 70)
    assert story.bills("2027-07-02") == [
        "calls 2027-06-01..2027-06-14 -24.00",
        "dear 2027-06-15..2027-06-30 24.00",
    ]


@pytest.mark.parametrize("aggregation", [Aggregation.MAX, Aggregation.UNIQUE, Aggregation.LATEST])
def test_what_is_no_sum_of_days_takes_a_new_price_with_the_next_period(aggregation) -> None:
    """10 users, 5.00 → 6.00 on the 15th: 50.00 in June, 60.00 in July, and nobody pays both."""
    story = moved(PerUnit(D(5)), PerUnit(D(6)), aggregation=aggregation)
    story.uses("calls", "2027-06-20", 10)
    story.uses("calls", "2027-07-20", 10)
    assert story.bills("2027-06-15") == []
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 50.00"]
    assert story.bills("2027-08-01") == ["dear 2027-07-01..2027-07-31 60.00"]


def test_two_prices_of_one_meter_side_by_side_are_both_paid() -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(5)), aggregation=Aggregation.MAX)
    story.sells("levy", ChargeKind.USAGE, PerUnit(D(1)), meter="calls")
    story.subscribes("s", "2027-06-01", {"calls": 1, "levy": 1})
    story.uses("calls", "2027-06-20", 10)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 50.00",
        "levy 2027-06-01..2027-06-30 10.00",
    ]


MODELS = (Graduated(BANDS), Volume(BANDS), Package(D(7), D("0.99")), PerUnit(D("0.335")))


@often(100)
@given(
    used=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 90)), min_size=1, max_size=8),
    cut=st.integers(2, 30),
    model=st.sampled_from(MODELS),
    late=st.booleans(),
)
def test_a_change_to_the_same_price_changes_nothing_but_the_lines(used, cut, model, late) -> None:
    """The exact sum of the two parts is the price uncut, in one run or in several."""
    changed, plain = moved(model, model, on=f"2027-06-{cut:02d}"), metered(model)
    for number, amount in used:
        changed.uses("calls", f"2027-06-{number:02d}", amount)
        plain.uses("calls", f"2027-06-{number:02d}", amount)
        if late:
            changed.bills("2027-07-01")
    changed.bills("2027-07-02")
    plain.bills("2027-07-02")
    assert sum(line.exact for line in changed.lines) == sum(line.exact for line in plain.lines)


@often(100)
@given(
    used=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 90)), min_size=1, max_size=8),
    model=st.sampled_from((Graduated(BANDS), Volume(BANDS), Package(D(7), D("0.99")))),
)
def test_late_by_any_number_of_runs_it_costs_what_one_run_bills(used, model) -> None:
    bit_by_bit, at_once = metered(model), metered(model)
    for run, (number, amount) in enumerate(used):
        for story in (bit_by_bit, at_once):
            story.uses("calls", f"2027-06-{number:02d}", amount)
        bit_by_bit.bills(f"2027-07-{run + 1:02d}")
    at_once.bills("2027-07-20")
    sums = [sum(line.net.minor for line in one.lines) for one in (bit_by_bit, at_once)]
    assert sums[0] == sums[1]
