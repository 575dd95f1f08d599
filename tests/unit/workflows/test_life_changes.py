"""Ends, pauses, trials, anchors and what is taken back: when each makes sense, and when not."""

from datetime import date

import pytest

from solde.domain.catalog import Credit
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions import (
    Cancelled,
    CycleChanged,
    Paused,
    Resumed,
    TrialConverted,
    Withdrawn,
)
from solde.domain.subscriptions.effect import Moment
from solde.domain.trials import AfterTrial, Trial
from solde.workflows.life_changes import (
    cancel,
    change_anchor,
    convert_trial,
    pause,
    reactivate,
    resume,
    withdraw,
)
from tests.support.desk import Desk

TODAY = "2013-06-15"
DAY, LATER, JULY = date(2013, 6, 15), date(2013, 6, 25), date(2013, 7, 1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def sold(desk: Desk):
    return desk.subscribes("2013-06-01")


def last(desk: Desk, sold, make, on: str = TODAY):
    return desk.changes(sold, make, on).changes[-1]


@pytest.mark.parametrize(
    ("when", "on"), [(Moment.AT_ONCE, DAY), (Moment.AT_PERIOD_END, JULY), (LATER, LATER)]
)
def test_an_end_gives_back_what_it_says_else_what_the_plan_says(desk: Desk, sold, when, on) -> None:
    assert last(desk, sold, cancel(when)) == Cancelled(on, 1, Credit.PRORATE)
    desk.changes(sold, withdraw(1), TODAY)
    assert last(desk, sold, cancel(when, Credit.NONE)) == Cancelled(on, 3, Credit.NONE)


def test_the_credit_of_the_plan(desk: Desk) -> None:
    plan = desk.plan("strict", credit=Credit.NONE)
    for one in plan.components:
        desk.seller.sells(one.price_id, "1.00")
    desk.seller.catalog.put(plan)
    sold = desk.subscribes("2013-06-01", plan=plan)
    assert last(desk, sold, cancel(LATER)).credit is Credit.NONE


def test_what_has_an_end_does_not_end_again(desk: Desk, sold) -> None:
    desk.changes(sold, cancel(LATER), TODAY)
    for when in (DAY, LATER, JULY):
        with pytest.raises(StateConflictError, match="found change 1 on 2013-06-25: withdraw it"):
            last(desk, sold, cancel(when))


def test_a_trial_that_ends_by_itself_cannot_end_later(desk: Desk) -> None:
    sold = desk.subscribes("2013-06-01", trial=Trial(LATER, AfterTrial.END))
    with pytest.raises(
        InvalidError, match="expected 2013-06-25 or earlier, found 2013-07-01"
    ) as no:
        last(desk, sold, cancel(JULY))
    assert no.value.pointer == "/effective_on"
    assert last(desk, sold, cancel(LATER)).effective_on == LATER


def test_pauses_and_resumptions_take_turns(desk: Desk, sold) -> None:
    with pytest.raises(InvalidError, match="expected a day of a pause, found 2013-06-15"):
        last(desk, sold, resume(DAY))
    assert last(desk, sold, pause(DAY)) == Paused(DAY, 1)
    with pytest.raises(InvalidError, match="expected a day with service, found 2013-06-25"):
        last(desk, sold, pause(LATER))
    assert last(desk, sold, resume(LATER)) == Resumed(LATER, 2)
    assert last(desk, sold, pause(JULY)) == Paused(JULY, 3)


def test_what_is_over_cannot_pause(desk: Desk, sold) -> None:
    desk.changes(sold, cancel(LATER), TODAY)
    with pytest.raises(InvalidError, match="expected a day with service") as refused:
        last(desk, sold, pause(LATER))
    assert refused.value.pointer == "/effective_on"
    assert last(desk, sold, pause(date(2013, 6, 24))).effective_on == date(2013, 6, 24)


@pytest.mark.parametrize(
    ("trial", "on", "said"),
    [
        (Trial(LATER, AfterTrial.END), DAY, None),
        (Trial(LATER, AfterTrial.END), LATER, None),
        (Trial(LATER, AfterTrial.END), date(2013, 6, 26), "found end on 2013-06-25"),
        (Trial(LATER), DAY, "found continue on 2013-06-25"),
        (None, DAY, "found none"),
    ],
)
def test_a_trial_that_would_end_goes_on_when_it_is_converted_in_time(
    desk: Desk, trial, on: date, said
) -> None:
    sold = desk.subscribes("2013-06-01", trial=trial)
    if said is None:
        assert last(desk, sold, convert_trial(on)) == TrialConverted(on, 1)
        return
    with pytest.raises(InvalidError, match=said):
        last(desk, sold, convert_trial(on))


def test_periods_are_counted_from_another_day(desk: Desk, sold) -> None:
    found = last(desk, sold, change_anchor(date(2013, 6, 20), date(2013, 6, 20)))
    cycle = Cycle(Unit.MONTH, 1, date(2013, 6, 20))
    assert found == CycleChanged(date(2013, 6, 20), 1, cycle)


@pytest.mark.parametrize("anchor", [date(2013, 6, 1), date(2013, 1, 1)])
def test_a_day_on_which_periods_begin_already_changes_nothing(desk: Desk, sold, anchor) -> None:
    with pytest.raises(InvalidError, match="on which no period begins yet") as refused:
        last(desk, sold, change_anchor(anchor, DAY))
    assert refused.value.pointer == "/anchor_on"


def test_a_change_is_taken_back_once_from_its_own_day(desk: Desk, sold) -> None:
    desk.changes(sold, pause(LATER), TODAY)
    assert last(desk, sold, withdraw(1)) == Withdrawn(LATER, 2, 1)
    for number in (1, 2, 7):  # withdrawn, a withdrawal, none
        with pytest.raises(StateConflictError, match=f"expected one that stands, found {number}"):
            last(desk, sold, withdraw(number))


def test_a_cancellation_is_taken_back_before_service_ends(desk: Desk, sold) -> None:
    with pytest.raises(StateConflictError, match="found none"):
        last(desk, sold, reactivate())
    desk.changes(sold, cancel(LATER), TODAY)
    assert last(desk, sold, reactivate(), "2013-06-24") == Withdrawn(LATER, 2, 1)
    desk.changes(sold, cancel(LATER), "2013-06-24")
    with pytest.raises(StateConflictError, match="after 2013-06-25, found 2013-06-25"):
        last(desk, sold, reactivate(), "2013-06-25")
