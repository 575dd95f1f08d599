"""Policies: levels that follow each other, whom they are for, hours that are quiet."""

from datetime import date

import pytest

from solde.domain.dunning import (
    STANDARD,
    Applies,
    Channel,
    Level,
    Policy,
    Profile,
    QuietHours,
    assigned,
    version_on,
)
from solde.domain.errors import InvalidError
from solde.domain.money import Money

ACME = Profile(business=True, group="gold", language="fr-FR", open=Money(500_00, "EUR"))


def policy(code: str, *levels: Level, **more) -> Policy:
    return Policy("FRA", code, levels or (Level(5),), **more)


@pytest.mark.parametrize(
    ("applies", "fits"),
    [
        (Applies(), True),
        (Applies(business=True), True),
        (Applies(business=False), False),
        (Applies(groups=("silver", "gold")), True),
        (Applies(groups=("silver",)), False),
        (Applies(languages=("fr",)), True),
        (Applies(languages=("en",)), False),
        (Applies(open_from=Money(500_00, "EUR")), True),
        (Applies(open_from=Money(500_01, "EUR")), False),
        (Applies(open_from=Money(1, "USD")), False),
        (Applies(late_from=1), False),
        (Applies(business=True, groups=("gold",), languages=("en",)), False),
    ],
)
def test_a_policy_is_for_whoever_fits_all_that_it_says(applies, fits) -> None:
    assert applies.fits(ACME) is fits


def test_of_those_that_fit_the_lowest_rank_counts_and_the_standard_one_where_none_does() -> None:
    all_, gold = policy("all"), policy("gold", rank=10, applies=Applies(groups=("gold",)))
    late = policy("late", rank=5, applies=Applies(late_from=2))
    assert assigned([all_, gold, late], ACME) is gold
    assert assigned([all_, late], ACME) is all_
    assert assigned([late], ACME) is STANDARD
    assert [one.after_days for one in STANDARD.levels] == [3, 14]


@pytest.mark.parametrize(
    ("levels", "pointer"),
    [
        ((), "/levels"),
        (tuple(Level(day) for day in range(3, 12)), "/levels"),
        ((Level(2),), "/levels/0/after_days"),
        ((Level(5), Level(5)), "/levels/1/after_days"),
        ((Level(15), Level(5)), "/levels/1/after_days"),
        ((Level(366),), "/levels/0/after_days"),
        ((Level(5, tone=5),), "/levels/0/tone"),
        ((Level(5), Level(9, tone=0)), "/levels/1/tone"),
    ],
)
def test_levels_that_overlap_or_have_no_words_are_refused(levels, pointer) -> None:
    with pytest.raises(InvalidError, match="expected") as refused:
        Policy("FRA", "x", levels)
    assert refused.value.pointer == pointer


def test_a_calendar_that_nobody_keeps_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"calendar: expected one of .*FR.*, found 'XX'"):
        policy("x", calendar="XX")


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        ((20, 8), {20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7}),
        ((0, 7), {0, 1, 2, 3, 4, 5, 6}),
        ((12, 14), {12, 13}),
    ],
)
def test_quiet_hours_go_over_midnight(hours, quiet) -> None:
    assert {hour for hour in range(24) if QuietHours(*hours).holds(hour)} == quiet


@pytest.mark.parametrize("hours", [(8, 8), (24, 8), (-1, 8), (10, 5)])
def test_quiet_hours_leave_six_at_least(hours) -> None:
    with pytest.raises(InvalidError, match="leave 6 at least") as refused:
        policy("x", quiet=QuietHours(*hours))
    assert refused.value.pointer == "/quiet_hours"


def test_a_version_counts_from_its_day_on() -> None:
    first = policy("x", since=date(2013, 1, 1))
    second = policy("x", Level(9, Channel.TASK), version=2, since=date(2013, 6, 1))
    assert version_on([first, second], date(2013, 5, 31)) is first
    assert version_on([first, second], date(2013, 6, 1)) is second
    assert version_on([second], date(2013, 5, 31)) is None
