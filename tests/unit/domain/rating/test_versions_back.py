"""A version that comes back inside a period: its days are counted once, in their positions."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Aggregation, Applies, ChargeKind
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.subscriptions import PriceChosen
from tests.support.laws import often
from tests.support.story import Story, day
from tests.unit.domain.rating.test_versions import begun, later

D = Decimal
NEW, RENEWAL, EXISTING = Applies.NEW, Applies.RENEWAL, Applies.EXISTING
ADVANCE, ARREARS, USAGE = ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.USAGE
OLD = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
DEARER = (Tier(D(100), D("1.10")), Tier(D(200), D("0.90")), Tier(None, D("0.60")))


def chosen(version: int, on: str, sequence: int = 1) -> PriceChosen:
    return PriceChosen(day(on), sequence, "fee", version)


BACK = [
    # 80, then 40 by version 2 from the 10th to the 19th, then 30 by version 1 again: 150 in all
    # 80 × 1.00; 20 × 1.10 and 20 × 0.90; the last 30 from 120 on, × 0.80
    (Graduated(OLD), Graduated(DEARER), ["80.00", "24.00", "40.00"]),
    # 150 lead to the second band: × 0.80, × 0.90, × 0.80
    (Volume(OLD), Volume(DEARER), ["64.00", "24.00", "36.00"]),
    (PerUnit(D(1)), PerUnit(D(2)), ["80.00", "30.00", "80.00"]),
]


def returned(old, new) -> Story:
    story = begun(USAGE, old)
    story.publishes("fee", new, "2030-01-01", NEW)
    story.changes("s", PriceChosen(day("2027-06-10"), 1, "fee", 2))
    story.changes("s", PriceChosen(day("2027-06-20"), 2, "fee", 1))
    for on, units in (("2027-06-05", 80), ("2027-06-15", 40), ("2027-06-25", 30)):
        story.uses("fee", on, units)
    return story


@pytest.mark.parametrize(("old", "new", "nets"), BACK)
def test_a_version_that_comes_back_counts_on_and_no_day_twice(old, new, nets) -> None:
    story = returned(old, new)
    assert story.bills("2027-07-01") == [
        f"fee 2027-06-01..2027-06-09 {nets[0]}",
        f"fee 2027-06-20..2027-06-30 {nets[1]}",
        f"fee 2027-06-10..2027-06-19 {nets[2]}",
    ]
    assert story.bills("2027-07-02") == []


COMES_LATE = [
    # 10 more on a day of each: the tiers of those that follow begin 10 later
    (
        "2027-06-26",
        ["fee 2027-06-20..2027-06-30 8.00"],  # 10 × 0.80
    ),
    (
        "2027-06-02",
        # 90 × 1.00; 10 × 1.10 and 30 × 0.90 = 38.00, was 40.00; 30 × 0.80 as before
        ["fee 2027-06-01..2027-06-09 10.00", "fee 2027-06-10..2027-06-19 -2.00"],
    ),
]


@pytest.mark.parametrize(("on", "rows"), COMES_LATE)
def test_what_comes_late_moves_the_days_of_each_version_alone(on, rows) -> None:
    story = returned(Graduated(OLD), Graduated(DEARER))
    story.bills("2027-07-01")
    story.uses("fee", on, 10)
    assert story.bills("2027-07-05") == rows


def test_days_between_that_were_billed_are_given_back_when_another_version_has_them() -> None:
    """150 by version 1: 100.00 + 40.00; then 40 of them by version 2, as above: 104.00 + 40.00."""
    story = begun(USAGE, Graduated(OLD))
    for on, units in (("2027-06-05", 80), ("2027-06-15", 40), ("2027-06-25", 30)):
        story.uses("fee", on, units)
    assert story.bills("2027-07-01") == ["fee 2027-06-01..2027-06-30 140.00"]
    story.publishes("fee", Graduated(DEARER), "2030-01-01", NEW)
    story.changes("s", PriceChosen(day("2027-06-10"), 1, "fee", 2))
    story.changes("s", PriceChosen(day("2027-06-20"), 2, "fee", 1))
    assert story.bills("2027-07-02") == [
        "fee 2027-06-01..2027-06-09 -60.00",  # 140.00 − 80.00
        "fee 2027-06-20..2027-06-30 24.00",
        "fee 2027-06-10..2027-06-19 40.00",
    ]


def test_a_maximum_is_priced_once_whatever_version_comes_between() -> None:
    """10 users at 5.00, the price of who was there first (R7)."""
    story = Story()
    story.sells("fee", USAGE, PerUnit(D(5)), aggregation=Aggregation.MAX)
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.publishes("fee", PerUnit(D(6)), "2030-01-01", NEW)
    story.changes("s", PriceChosen(day("2027-06-10"), 1, "fee", 2))
    story.changes("s", PriceChosen(day("2027-06-20"), 2, "fee", 1))
    story.uses("fee", "2027-06-15", 10)
    assert story.bills("2027-07-01") == ["fee 2027-06-01..2027-06-30 50.00"]


def test_a_recurring_version_that_comes_back_is_rounded_with_its_first_days() -> None:
    """
    Version 1 for 20 of 30 days: 66.67 in all; version 2 for 10 of 30: 53.33.

    First 100.00; on the 10th −70.00 and 21/30 of 160.00; on the 20th −58.67 of it.
    """
    story = begun()
    story.publishes("fee", Flat(D("160.00")), "2030-01-01", NEW)
    assert later(story, "2027-06-01") == [["100.00"]]
    story.changes("s", PriceChosen(day("2027-06-10"), 1, "fee", 2))
    assert later(story, "2027-06-10") == [["-70.00", "112.00"]]
    story.changes("s", PriceChosen(day("2027-06-20"), 2, "fee", 1))
    assert later(story, "2027-06-20") == [["36.67", "58.67"]]  # the second on a credit note
    assert story.documents[-1]["kind"] == "credit_note"
    assert later(story, "2027-06-21") == [[]]


JUNE_DAYS = st.integers(1, 30).map(lambda number: f"2027-06-{number:02d}")


@often(200)
@given(
    model=st.sampled_from((Graduated(OLD), Volume(OLD), PerUnit(D("0.35")))),
    turns=st.lists(JUNE_DAYS, min_size=1, max_size=5, unique=True),
    used=st.lists(st.tuples(JUNE_DAYS, st.integers(0, 90)), max_size=8),
    late=st.tuples(JUNE_DAYS, st.integers(0, 90)),
    by_tier=st.booleans(),
)
def test_to_and_fro_between_versions_of_one_price_counts_nothing_twice(
    model, turns, used, late, by_tier
) -> None:
    """Both versions say the same, so it comes to the price of all that was used, late or not."""
    story = begun(USAGE, model)
    story.prices["fee"] = replace(
        story.prices["fee"], by_tier=by_tier and isinstance(model, Graduated)
    )
    story.publishes("fee", model, "2030-01-01", NEW)
    for number, on in enumerate(sorted(turns), 1):
        story.changes("s", PriceChosen(day(on), number, "fee", 1 + number % 2))
    for on, units in used:
        story.uses("fee", on, units)
    for on, more in (("2027-07-01", None), ("2027-07-02", late)):
        if more:
            story.uses("fee", *more)
        story.bills(on)
        total = sum(story.usage.get("fee", {}).values(), D(0))
        assert sum(line.exact for line in story.lines) == exact_amount(model, Quantity(total))
        assert sum(line.units for line in story.lines) == total
    assert story.bills("2027-07-03") == []
