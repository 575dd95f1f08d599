"""What was agreed, when it ends, and every item that ever was."""

from dataclasses import replace
from itertools import pairwise

import pytest

from solde.domain.periods import NEVER, Cycle, Period, Unit
from solde.domain.subscriptions import (
    Cancelled,
    CycleChanged,
    ItemsAdded,
    PlanChanged,
    Subscription,
    TrialConverted,
    Withdrawn,
)
from solde.domain.trials import AfterTrial, Trial
from tests.support.story import day, item

AGREED = Subscription(
    id="sub_1",
    external_id="",
    customer_id="c",
    subscriber_id="c",
    entity="e",
    plan_id="p",
    currency="EUR",
    start_on=day("2027-06-01"),
    cycle=Cycle(Unit.MONTH, 1, day("2027-06-01")),
    items=(item("fee"),),
)
FREE = Trial(day("2027-06-15"), AfterTrial.END)


def cancelled(on: str, sequence: int = 1) -> Cancelled:
    return Cancelled(day(on), sequence)


@pytest.mark.parametrize(
    ("trial", "changes", "ends"),
    [
        (None, (), "never"),
        (None, (cancelled("2027-07-01"),), "2027-07-01"),
        (None, (cancelled("2027-07-01"), cancelled("2027-06-20", 2)), "2027-06-20"),  # the earlier
        (Trial(day("2027-06-15")), (), "never"),  # goes on by itself
        (FREE, (), "2027-06-15"),
        (FREE, (TrialConverted(day("2027-06-10"), 1),), "never"),
        (FREE, (cancelled("2027-06-05"),), "2027-06-05"),
        (None, (cancelled("2027-07-01"), Withdrawn(day("2027-07-01"), 2, 1)), "never"),
        (
            FREE,
            (TrialConverted(day("2027-06-10"), 1), Withdrawn(day("2027-06-10"), 2, 1)),
            "2027-06-15",
        ),
        (FREE, (TrialConverted(day("2027-06-10"), 1), cancelled("2027-08-01", 2)), "2027-08-01"),
    ],
)
def test_the_first_day_without_service(trial, changes, ends) -> None:
    expected = NEVER if ends == "never" else day(ends)
    assert replace(AGREED, trial=trial, changes=changes).ends_on == expected


def test_a_change_is_added_and_the_agreement_stays_as_it_was() -> None:
    after = AGREED.with_change(cancelled("2027-07-01"))
    assert after.changes == (cancelled("2027-07-01"),)
    assert AGREED.changes == ()


def test_every_item_ever_agreed_is_remembered() -> None:
    life = AGREED.with_change(
        PlanChanged(day("2027-06-10"), 1, "q", ("sit_fee",), (item("big"),))
    ).with_change(ItemsAdded(day("2027-06-12"), 2, (item("device"), item("other"))))
    assert [one.component for one in life.items_ever()] == ["fee", "big", "device", "other"]


def test_the_plan_of_a_day_is_that_of_the_last_change_by_then() -> None:
    to_q = PlanChanged(day("2027-06-10"), 2, "q", (), ())
    to_r = PlanChanged(day("2027-06-10"), 3, "r", (), ())
    life = replace(AGREED, changes=(to_q, to_r))
    assert [life.plan_on(day(f"2027-06-{on}")) for on in ("09", "10", "30")] == ["p", "r", "r"]
    back = life.with_change(Withdrawn(day("2027-06-10"), 4, 3))
    assert back.plan_on(day("2027-06-10")) == "q"


JUNE, MIDDLE = AGREED.cycle, Cycle(Unit.MONTH, 1, day("2027-06-15"))
YEARLY = Cycle(Unit.YEAR, 1, day("2027-06-10"))
ALIKE = Cycle(Unit.MONTH, 1, day("2026-01-01"))


def turn(on: str, sequence: int, cycle: Cycle) -> CycleChanged:
    return CycleChanged(day(on), sequence, cycle)


@pytest.mark.parametrize(
    ("changes", "phases"),
    [
        ((), [JUNE]),
        ((turn("2027-06-10", 1, MIDDLE),), [JUNE, "2027-06-10", MIDDLE]),
        # of several of one day the last, wherever it leads
        ((turn("2027-06-10", 1, MIDDLE), turn("2027-06-10", 2, JUNE)), [JUNE]),
        (
            (turn("2027-06-10", 2, YEARLY), turn("2027-06-10", 1, MIDDLE)),
            [JUNE, "2027-06-10", YEARLY],
        ),
        (
            (turn("2027-06-20", 1, JUNE), turn("2027-06-10", 2, MIDDLE)),
            [JUNE, "2027-06-10", MIDDLE, "2027-06-20", JUNE],
        ),
        # the same period by another anchor is not cut
        ((turn("2027-06-10", 1, ALIKE),), [JUNE, "2027-07-01", ALIKE]),
        (
            (turn("2027-06-10", 1, ALIKE), turn("2027-06-20", 2, MIDDLE)),
            [JUNE, "2027-06-20", MIDDLE],
        ),
        # nor is one that an earlier cycle had part of
        (
            (turn("2027-06-10", 1, MIDDLE), turn("2027-06-20", 2, ALIKE)),
            [JUNE, "2027-06-10", MIDDLE, "2027-06-20", JUNE, "2027-07-01", ALIKE],
        ),
        (
            (turn("2027-06-10", 1, MIDDLE), Withdrawn(day("2027-06-10"), 2, 1)),
            [JUNE],
        ),
        (
            (PlanChanged(day("2027-06-10"), 1, "q", (), (), YEARLY), turn("2027-08-01", 2, JUNE)),
            [JUNE, "2027-06-10", YEARLY, "2027-08-01", JUNE],
        ),
        ((PlanChanged(day("2027-06-10"), 1, "q", (), ()),), [JUNE]),
    ],
)
def test_which_cycle_counts_when(changes, phases) -> None:
    found = replace(AGREED, changes=changes).phases()
    told: list = [found[0].cycle]
    for before, after in pairwise(found):
        assert before.days.end_on == after.days.start_on
        told += [after.days.start_on.isoformat(), after.cycle]
    assert told == phases


def test_the_period_of_a_day_is_full_even_where_its_cycle_begins_inside_it() -> None:
    one = replace(AGREED, changes=(turn("2027-06-10", 1, MIDDLE),))
    assert one.period_on(day("2027-06-09")) == Period(day("2027-06-01"), day("2027-07-01"))
    assert one.period_on(day("2027-06-10")) == Period(day("2027-05-15"), day("2027-06-15"))
