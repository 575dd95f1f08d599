"""Free units before tiers, through changes and late usage, and in a part of a period."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Applies, ChargeKind
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.rating.allowance import allowed
from solde.domain.subscriptions import Cancelled, PlanChanged
from tests.support.story import Story, day, item

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(None, D("0.80")))
USAGE = ChargeKind.USAGE


def begun(model, *, on: str = "2027-06-01", free: str = "50", **more) -> Story:
    story = Story()
    story.sells("calls", USAGE, model, free_units=D(free), **more)
    story.subscribes("s", on, {"calls": 1}, anchor="2027-06-01")
    return story


MODELS = [
    (PerUnit(D("1.00")), 160, "110.00"),
    (Graduated(BANDS), 160, "108.00"),  # of 110: 100 × 1.00 and 10 × 0.80
    (Volume(BANDS), 160, "88.00"),  # 110 × 0.80
    (Package(D(100), D("80.00")), 160, "160.00"),  # 110 are two packages
    (PerUnit(D("1.00")), 50, "0.00"),
]


@pytest.mark.parametrize(("model", "used", "net"), MODELS)
def test_free_units_come_before_tiers(model, used, net) -> None:
    story = begun(model)
    story.uses("calls", "2027-06-20", used)
    assert story.bills("2027-07-01") == [f"calls 2027-06-01..2027-06-30 {net}"]


def test_the_line_tells_what_was_free() -> None:
    story = begun(PerUnit(D("1.00")))
    story.uses("calls", "2027-06-20", 60)
    story.bills("2027-07-01")
    (line,) = story.documents[0]["lines"]
    assert (line["units"], line["steps"]) == (
        "60",
        [["50", "0", "0", "free"], ["10", "1", "10", ""]],
    )
    assert line["expression"]["price"] == "10"  # 60 × 1.00 would not be 10.00


def test_late_usage_has_what_is_left_of_the_free_units() -> None:
    story = begun(PerUnit(D("1.00")))
    story.uses("calls", "2027-06-20", 40)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-21", 15)
    assert story.bills("2027-07-02") == ["calls 2027-06-01..2027-06-30 5.00"]


def test_free_units_used_stay_used_when_the_plan_changes() -> None:
    """80 before the change, of which 30 are paid; all of the 60 after it, though 50 are free."""
    story = begun(PerUnit(D("1.00")))
    story.sells("dear", USAGE, PerUnit(D("2.00")), meter="calls", free_units=D(50))
    story.changes("s", PlanChanged(day("2027-06-15"), 1, "p", ("sit_calls",), (item("dear"),)))
    story.uses("calls", "2027-06-10", 80)
    story.uses("calls", "2027-06-20", 60)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-14 30.00",
        "dear 2027-06-15..2027-06-30 120.00",
    ]


def test_what_is_left_of_the_free_units_goes_to_the_next_version() -> None:
    """20 of the 50 are used before it: 30 of its 60 are free."""
    story = begun(PerUnit(D("1.00")))
    story.publishes("calls", PerUnit(D("2.00")), "2027-06-15", Applies.EXISTING)
    story.uses("calls", "2027-06-10", 20)
    story.uses("calls", "2027-06-20", 60)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-14 0.00",
        "calls 2027-06-15..2027-06-30 60.00",
    ]


def test_29_a_part_of_a_period_has_all_of_its_free_units() -> None:
    story = begun(PerUnit(D("1.00")), on="2027-06-15")
    story.uses("calls", "2027-06-20", 60)
    assert story.bills("2027-07-01") == ["calls 2027-06-15..2027-06-30 10.00"]


SHRUNK = [
    # 16 of 30 days: 60 free units are 32, a bound at 100 is 53.33…
    (PerUnit(D("1.00")), 60, "28.00"),
    (Graduated(BANDS), 112, "74.67"),  # 80 above 32: 53.33 × 1.00 and 26.67 × 0.80 = 74.666…
]


@pytest.mark.parametrize(("model", "used", "net"), SHRUNK)
def test_or_a_part_of_them_by_policy(model, used, net) -> None:
    story = begun(model, on="2027-06-15", free="60", prorate_allowance=True)
    story.uses("calls", "2027-06-20", used)
    assert story.bills("2027-07-01") == [f"calls 2027-06-15..2027-06-30 {net}"]


def test_a_service_that_ends_sooner_is_allowed_less() -> None:
    """60 free for all of June, billed 0.00; dated back to 15 days, 30: 20 more are paid."""
    story = begun(PerUnit(D("1.00")), free="60", prorate_allowance=True)
    story.uses("calls", "2027-06-10", 50)
    assert story.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 0.00"]
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    assert story.bills("2027-07-02") == ["calls 2027-06-01..2027-06-15 20.00"]


def test_a_whole_period_is_allowed_what_the_price_says() -> None:
    story = begun(Graduated(BANDS), prorate_allowance=True)
    price, june = story.prices["calls"], story.subscriptions["s"].cycle.period(0)
    assert allowed(price, june, june) is price


@given(
    used=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 90)), min_size=1, max_size=8),
    cut=st.integers(2, 30),
    model=st.sampled_from((PerUnit(D("0.335")), Graduated(BANDS), Volume(BANDS))),
)
def test_a_change_to_the_same_price_leaves_the_sum(used, cut, model) -> None:
    changed, plain = begun(model), begun(model)
    changed.sells("same", USAGE, model, meter="calls", free_units=D(50))
    on = day(f"2027-06-{cut:02d}")
    changed.changes("s", PlanChanged(on, 1, "p", ("sit_calls",), (item("same"),)))
    for story in (changed, plain):
        for number, amount in used:
            story.uses("calls", f"2027-06-{number:02d}", amount)
        story.bills("2027-07-01")
    assert sum(line.exact for line in changed.lines) == sum(line.exact for line in plain.lines)
