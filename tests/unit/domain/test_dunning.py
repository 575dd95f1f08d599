"""When reminders are due."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.dunning import (
    PROMISE,
    QUESTION,
    STANDARD,
    DunningPolicy,
    Notice,
    first_action_on,
    next_action_on,
    promised,
    waits,
)
from solde.domain.errors import InvalidError

DUE = date(2027, 1, 31)


def test_the_first_reminder_waits_three_days() -> None:
    assert first_action_on(DUE) == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("sent", "on"), [(0, date(2027, 2, 3)), (1, date(2027, 2, 14)), (2, None), (3, None)]
)
def test_each_reminder_once(sent, on) -> None:
    assert next_action_on(DUE, reminders=sent) == on


def test_a_policy_says_how_many() -> None:
    assert STANDARD.reminders_max == 2
    once = DunningPolicy((10,))
    assert next_action_on(DUE, reminders=0, policy=once) == date(2027, 2, 10)
    assert once.reminders_max == 1


AT = datetime(2013, 6, 1, 12, tzinfo=UTC)
ASKED = Notice("ntc_1", "cus_1", "inv_1", QUESTION, AT, "why?")
PROMISED = Notice("ntc_2", "cus_1", "inv_1", PROMISE, AT, pays_on=date(2013, 6, 9))


@pytest.mark.parametrize(
    ("notices", "day", "wanted"),
    [
        ((), 1, False),
        ((ASKED,), 30, True),
        ((PROMISED,), 9, True),
        ((PROMISED,), 10, False),
        ((PROMISED, ASKED), 10, True),
        ((replace(ASKED, closed_at=AT), replace(PROMISED, closed_at=AT)), 1, False),
    ],
)
def test_who_has_asked_or_promised_is_not_reminded(notices, day, wanted) -> None:
    assert waits(notices, date(2013, 6, day)) is wanted


@pytest.mark.parametrize(
    ("on", "fits"), [("05-31", False), ("06-01", True), ("07-01", True), ("07-02", False)]
)
def test_a_promise_is_of_a_day_within_thirty(on, fits) -> None:
    day, today = date.fromisoformat(f"2013-{on}"), date(2013, 6, 1)
    if fits:
        assert promised(day, today) == day
        return
    with pytest.raises(InvalidError, match="expected 2013-06-01 to 2013-07-01"):
        promised(day, today)
