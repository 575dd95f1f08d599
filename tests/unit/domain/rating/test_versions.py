"""Which version of a price an item has: agreed, renewed, on a day, inside a period."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, ChargeKind, Price
from solde.domain.periods import Calendar, Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.rating.versions import taken_over_on
from solde.domain.subscriptions import (
    Cancelled,
    Contract,
    CycleChanged,
    ItemsAdded,
    Paused,
    PriceChosen,
    QuantityChanged,
    Resumed,
    Withdrawn,
)
from solde.domain.trials import Trial
from tests.support.story import Story, day, item

D = Decimal
NEW, RENEWAL, EXISTING = Applies.NEW, Applies.RENEWAL, Applies.EXISTING
ADVANCE, ARREARS, USAGE = ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.USAGE
OLD = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
DEARER = (Tier(D(100), D("1.10")), Tier(D(200), D("0.90")), Tier(None, D("0.60")))


def begun(kind: ChargeKind = ADVANCE, model=None, *, on: str = "2027-06-01") -> Story:
    story = Story()
    story.sells("fee", kind, model or Flat(D("100.00")))
    story.subscribes("s", on, {"fee": 1}, anchor="2027-06-01")
    return story


def later(story: Story, *days: str) -> list[list[str]]:
    return [[row.split()[-1] for row in story.bills(on)] for on in days]


BOTH = ("2027-06-01", "2027-07-01", "2027-08-01")
KEPT = [
    # 100.00, and 110.00 from 15 June: for an item that began on 1 June
    (NEW, [["100.00"], ["100.00"], ["100.00"]]),
    (RENEWAL, [["100.00"], ["110.00"], ["110.00"]]),
    (EXISTING, [["100.00"], ["110.00"], ["110.00"]]),
]


@pytest.mark.parametrize(("applies", "nets"), KEPT)
def test_what_an_item_of_before_pays(applies, nets) -> None:
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", applies)
    assert later(story, *BOTH) == nets


@pytest.mark.parametrize("applies", Applies)
def test_what_begins_on_the_day_or_later_has_the_new_version(applies) -> None:
    story = begun(on="2027-07-01")
    story.publishes("fee", Flat(D("110.00")), "2027-07-01", applies)
    assert later(story, "2027-07-01") == [["110.00"]]


ADDED = ItemsAdded(day("2027-06-05"), 1, (item("fee", 1, "more"),))
NOT_ASKED_FOR = [
    ("none of it at first", 0, None, (QuantityChanged(day("2027-06-21"), 1, "sit_fee", D(1)),)),
    ("backdated", 1, None, (QuantityChanged(day("2027-06-01"), 1, "sit_fee", D(0)),
                            QuantityChanged(day("2027-06-21"), 2, "sit_fee", D(1)))),
    ("added in a pause", 0, None, (Paused(day("2027-06-02"), 0), ADDED,
                                   Resumed(day("2027-06-21"), 2))),
    ("added in a trial", 0, Trial(day("2027-06-21")), (ADDED,)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "trial", "changes"),
    [row[1:] for row in NOT_ASKED_FOR],
    ids=[row[0] for row in NOT_ASKED_FOR],
)
def test_an_item_begins_when_it_is_agreed_not_when_it_is_first_charged(
    quantity, trial, changes
) -> None:
    """Agreed before 15 June, it keeps the old price; ten of 30 days of 90.00, not of 120.00."""
    story = Story()
    story.sells("fee", ADVANCE, Flat(D("90.00")))
    story.subscribes("s", "2027-06-01", {"fee": quantity}, trial=trial)
    for change in changes:
        story.changes("s", change)
    story.publishes("fee", Flat(D("120.00")), "2027-06-15", NEW)
    assert later(story, "2027-06-21") == [["30.00"]]


def test_what_is_added_in_a_trial_has_the_version_of_that_day() -> None:
    """Not that of the day on which the trial began."""
    story = Story()
    story.sells("fee", ADVANCE, Flat(D("90.00")))
    story.subscribes("s", "2027-06-01", {"fee": 0}, trial=Trial(day("2027-06-21")))
    story.publishes("fee", Flat(D("120.00")), "2027-06-04", NEW)
    story.changes("s", ADDED)
    assert later(story, "2027-06-21") == [["40.00"]]


def test_periods_that_begin_anew_make_no_item_a_new_one() -> None:
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", NEW)
    cycle = Cycle(Unit.MONTH, 1, day("2027-07-10"))
    story.changes("s", CycleChanged(day("2027-07-10"), 1, cycle))
    story.bills("2027-06-01")
    story.bills("2027-07-10")
    assert {line.key.price_version for line in story.lines} == {1}


def test_of_several_versions_the_last_that_is_for_all_counts() -> None:
    """New ones pay 110.00 from July; all pay 120.00 from September."""
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-07-01", NEW)
    story.publishes("fee", Flat(D("120.00")), "2027-09-01", RENEWAL)
    days = ("2027-06-01", "2027-07-01", "2027-08-01", "2027-09-01")
    assert later(story, *days) == [["100.00"], ["100.00"], ["100.00"], ["120.00"]]


def test_22_inside_a_period_what_was_billed_is_credited_and_the_rest_charged() -> None:
    story = begun()
    assert story.bills("2027-06-01") == ["fee 2027-06-01..2027-06-30 100.00"]
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", EXISTING, mid_period=True)
    assert story.bills("2027-06-15") == [
        "fee 2027-06-15..2027-06-30 -53.33",
        "fee 2027-06-15..2027-06-30 58.67",
    ]
    assert story.bills("2027-07-01") == ["fee 2027-07-01..2027-07-31 110.00"]


def test_22_in_arrears_each_part_is_charged_at_its_own_price() -> None:
    story = begun(ARREARS)
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", EXISTING, mid_period=True)
    assert story.bills("2027-07-01") == [
        "fee 2027-06-01..2027-06-14 46.67",
        "fee 2027-06-15..2027-06-30 58.67",
    ]


USED = [
    # 80 before the 15th and 60 after it
    (Graduated(OLD), Graduated(DEARER), ["80.00", "58.00"]),
    (Volume(OLD), Volume(DEARER), ["64.00", "54.00"]),
    (PerUnit(D(1)), PerUnit(D(2)), ["80.00", "120.00"]),
]


@pytest.mark.parametrize(("old", "new", "nets"), USED)
def test_usage_goes_by_the_time_of_its_events(old, new, nets) -> None:
    story = begun(USAGE, old)
    story.publishes("fee", new, "2027-06-15", EXISTING)
    story.uses("fee", "2027-06-10", 80)
    story.uses("fee", "2027-06-15", 60)
    assert later(story, "2027-07-01") == [nets]
    assert [line.key.price_version for line in story.lines] == [1, 2]


def test_usage_at_renewal_waits_for_the_next_period() -> None:
    story = begun(USAGE, PerUnit(D(1)))
    story.publishes("fee", PerUnit(D(2)), "2027-06-15", RENEWAL)
    story.uses("fee", "2027-06-20", 60)
    story.uses("fee", "2027-07-20", 60)
    assert later(story, "2027-07-01", "2027-08-01") == [["60.00"], ["120.00"]]


def test_what_is_charged_once_keeps_the_price_of_its_day() -> None:
    story = begun(ChargeKind.ONE_TIME)
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", EXISTING)
    assert later(story, "2027-06-01", "2027-07-01") == [["100.00"], []]


def test_a_version_inside_a_period_overrules_one_that_would_come_with_the_next() -> None:
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-06-10", RENEWAL)
    story.publishes("fee", Flat(D("130.00")), "2027-06-16", EXISTING, mid_period=True)
    assert later(story, "2027-06-01", "2027-07-01") == [["50.00"], ["65.00", "130.00"]]


def test_cancelled_after_all_that_the_sums_of_each_price_stay_apart() -> None:
    """Scenario 6 in a month: kept are 46.67 and 110.00 × 6 ÷ 30 = 22.00."""
    story = begun()
    story.bills("2027-06-01")
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", EXISTING, mid_period=True)
    story.bills("2027-06-15")
    story.changes("s", Cancelled(day("2027-06-21"), 1))
    assert story.bills("2027-06-21") == ["CN fee 2027-06-21..2027-06-30 36.67"]
    assert sum(line.net.minor for line in story.lines) == 46_67 + 22_00


def chosen(version: int, on: str, sequence: int = 1) -> PriceChosen:
    return PriceChosen(day(on), sequence, "fee", version)


def test_a_version_can_be_chosen_for_days_that_were_billed() -> None:
    """June was billed at 100.00; from 15 June it is 110.00 after all: 16 of 30 days."""
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-06-15", NEW)
    assert later(story, "2027-06-01", "2027-07-01") == [["100.00"], ["100.00"]]
    story.changes("s", chosen(2, "2027-06-15"))
    assert story.bills("2027-07-05") == [
        "fee 2027-06-15..2027-06-30 -53.33",
        "fee 2027-06-15..2027-06-30 58.67",
        "fee 2027-07-01..2027-07-31 110.00",
        "fee 2027-07-01..2027-07-31 -100.00",
    ]


def test_a_choice_stands_until_a_later_version_is_for_all() -> None:
    """Kept at the first version from June on, though the second is for all; the third comes."""
    story = begun()
    story.publishes("fee", Flat(D("110.00")), "2027-07-01", EXISTING)
    story.publishes("fee", Flat(D("120.00")), "2027-08-01", EXISTING)
    story.changes("s", chosen(2, "2027-06-01"))
    assert later(story, "2027-06-01", "2027-07-01", "2027-08-01") == [
        ["110.00"],
        ["110.00"],
        ["120.00"],
    ]
    story.changes("s", Withdrawn(day("2027-06-01"), 2, 1))
    assert story.bills("2027-08-02") == [
        "fee 2027-06-01..2027-06-30 100.00",
        "CN fee 2027-06-01..2027-06-30 110.00",
    ]


def test_a_contract_renews_with_its_term() -> None:
    """A year from June: the version of July comes with the term of June 2028."""
    story = begun()
    contract = Contract(day("2027-06-01"), Unit.YEAR, 1)
    story.subscriptions["s"] = replace(story.subscriptions["s"], contract=contract)
    story.publishes("fee", Flat(D("110.00")), "2027-07-01", RENEWAL)
    story.bills("2028-05-31")
    assert later(story, "2028-06-01") == [["110.00"]]
    assert {line.net.minor for line in story.lines} == {100_00, 110_00}
    assert len(story.lines) == 13


@pytest.mark.parametrize(
    ("kind", "applies", "mid_period", "expected"),
    [
        (ADVANCE, EXISTING, False, "2027-07-01"),
        (ADVANCE, EXISTING, True, "2027-06-15"),
        (ADVANCE, RENEWAL, False, "2027-07-01"),
        (USAGE, EXISTING, False, "2027-06-15"),
        (USAGE, RENEWAL, False, "2027-07-01"),
    ],
)
def test_when_a_version_is_taken_over(kind, applies, mid_period, expected) -> None:
    first_on, price = day("2027-06-01"), Flat(D(1))
    calendar = Calendar(Cycle(Unit.MONTH, 1, first_on))
    on = day("2027-06-15")
    one = Price("p", 2, "p", "EUR", kind, price, from_on=on, applies=applies, mid_period=mid_period)
    assert taken_over_on(calendar, one) == day(expected)
    starts = Price("p", 2, "p", "EUR", kind, price, from_on=first_on, applies=applies)
    assert taken_over_on(calendar, starts) == first_on
