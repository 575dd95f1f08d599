"""What is done about an overdue invoice on a day: the step, or the reason against it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from solde.domain.dunning import (
    STANDARD,
    Act,
    Case,
    Channel,
    Level,
    Policy,
    QuietHours,
    Reason,
    decide,
    first_action_on,
    next_look_on,
)

# Due on Monday 1 July 2013; 14 July is a Sunday, and a holiday of France.
CASE = Case(due_on=date(2013, 7, 1), open_minor=119_60, country="FR")
FIRM = Policy(
    "FRA",
    "firm",
    (Level(4), Level(14, tone=2), Level(30, Channel.LETTER, 4), Level(45, Channel.TASK)),
    calendar="FR",
    quiet=QuietHours(20, 8),
)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00:00+02:00")


def test_nothing_is_looked_at_before_three_days_have_passed() -> None:
    assert first_action_on(date(2013, 7, 1)) == date(2013, 7, 4)


@pytest.mark.parametrize(
    ("case", "day", "hour", "said"),
    [
        (CASE, "2013-07-05", 9, (Act.STEP, Reason.DUE, 1, "2013-07-05")),
        (CASE, "2013-07-04", 9, (Act.WAIT, Reason.NOT_YET, 1, "2013-07-05")),
        (CASE, "2013-07-06", 9, (Act.WAIT, Reason.CLOSED_DAY, 1, "2013-07-06")),  # Saturday
        (CASE, "2013-08-15", 9, (Act.WAIT, Reason.CLOSED_DAY, 1, "2013-08-15")),  # Assumption
        (CASE, "2013-07-05", 7, (Act.WAIT, Reason.QUIET_HOURS, 1, "2013-07-05")),
        (CASE, "2013-07-05", 20, (Act.WAIT, Reason.QUIET_HOURS, 1, "2013-07-05")),
        (CASE, "2013-07-05", 19, (Act.STEP, Reason.DUE, 1, "2013-07-05")),
    ],
)
def test_a_step_is_taken_on_its_business_day_in_hours_that_are_not_quiet(
    case, day, hour, said
) -> None:
    found = decide(case, FIRM, at(day, hour))
    assert (found.act, found.reason, found.number, found.on.isoformat()) == said


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"disputed": True}, Reason.DISPUTED),
        ({"promised_until": date(2013, 7, 5)}, Reason.PROMISED),
        ({"held_until": date(2013, 7, 6)}, Reason.COLLECTION_HELD),
        ({"reachable": False}, Reason.NO_ADDRESS),
        ({"disputed": True, "promised_until": date(2013, 8, 1)}, Reason.DISPUTED),
    ],
)
def test_what_speaks_against_a_step_is_its_reason(change, reason) -> None:
    found = decide(replace(CASE, **change), FIRM, at("2013-07-05"))
    assert (found.act, found.reason) == (Act.WAIT, reason)


def test_a_promise_that_was_broken_and_a_day_that_has_come_stop_nothing_any_more() -> None:
    promised = replace(CASE, promised_until=date(2013, 7, 4), held_until=date(2013, 7, 5))
    assert decide(promised, FIRM, at("2013-07-05")).act is Act.STEP


def test_a_letter_and_a_task_need_no_address_of_mail_and_a_task_no_hour() -> None:
    unreachable = replace(CASE, reachable=False, done=2)
    assert decide(unreachable, FIRM, at("2013-07-31")).act is Act.STEP
    assert decide(replace(unreachable, done=3), FIRM, at("2013-08-16", 23)).act is Act.STEP


def test_what_is_paid_or_was_asked_for_in_every_way_is_at_its_end() -> None:
    paid = decide(replace(CASE, open_minor=0), FIRM, at("2013-07-05"))
    over = decide(replace(CASE, done=4), FIRM, at("2014-07-05"))
    assert (paid.act, paid.reason) == (Act.END, Reason.PAID)
    assert (over.act, over.reason, over.on) == (Act.END, Reason.ALL_DONE, None)


def test_a_level_that_falls_on_a_day_off_of_either_side_moves_behind_it() -> None:
    # 1 July + 14 days is Monday the 15th: worked. Due on 30 June, it is Sunday the 14th, and
    # the 15th is taken; where the customer's country is unknown here, weekends count alone.
    second = replace(CASE, due_on=date(2013, 6, 30), done=1)
    assert decide(second, FIRM, at("2013-07-15")).on == date(2013, 7, 15)
    abroad = Policy("NYC", "x", (Level(14),))
    american = Case(due_on=date(2013, 6, 30), open_minor=1, country="US")
    assert decide(american, abroad, at("2013-07-15")).on == date(2013, 7, 15)
    at_christmas = Case(due_on=date(2013, 12, 20), open_minor=1, country="FR")
    assert decide(at_christmas, replace(abroad, levels=(Level(5),)), at("2013-12-26")).on == date(
        2013, 12, 26
    )


def test_a_level_that_came_late_keeps_its_distance_to_the_next() -> None:
    # The first went out on 20 August: ten days to the second, 30 August, a Friday.
    late = replace(CASE, done=1, last_on=date(2013, 8, 20))
    assert decide(late, FIRM, at("2013-08-29")).reason is Reason.NOT_YET
    assert decide(late, FIRM, at("2013-08-30")).act is Act.STEP
    assert next_look_on(CASE, FIRM, date(2013, 8, 20)) == date(2013, 8, 30)
    assert next_look_on(CASE, FIRM, date(2013, 7, 5)) == date(2013, 7, 15)
    assert next_look_on(replace(CASE, done=3), FIRM, date(2013, 8, 16)) is None


def test_the_standard_policy_knows_no_weekend() -> None:
    saturday = Case(due_on=date(2013, 7, 3), open_minor=1, country="FR")
    assert decide(saturday, STANDARD, at("2013-07-06")).act is Act.STEP
