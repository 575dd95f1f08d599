"""What was agreed, when it ends, and every item that ever was."""

from dataclasses import replace

import pytest

from solde.domain.periods import NEVER, Cycle, Unit
from solde.domain.subscriptions import (
    Cancelled,
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
