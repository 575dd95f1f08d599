"""When reminders are due."""

from datetime import date

import pytest

from solde.domain.dunning import STANDARD, DunningPolicy, first_action_on, next_action_on

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
