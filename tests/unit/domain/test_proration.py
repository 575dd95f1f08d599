"""Shares of a period, by policy."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.proration import (
    DayCount,
    Proration,
    counted,
    months_and_days,
    share,
    share_of_time,
)


def days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


FEBRUARY = days("2027-02-01", "2027-03-01")
MARCH = days("2027-03-01", "2027-04-01")


@pytest.mark.parametrize(
    ("policy", "service", "whole", "expected"),
    [
        (Proration.DAY, days("2027-03-15", "2027-04-01"), MARCH, Fraction(17, 31)),
        (Proration.FULL_PERIOD, days("2027-03-31", "2027-04-01"), MARCH, Fraction(1)),
        (Proration.NONE, days("2027-03-01", "2027-03-31"), MARCH, Fraction(0)),
        (Proration.NONE, MARCH, MARCH, Fraction(1)),
        (Proration.HALF_MONTH, days("2027-03-15", "2027-04-01"), MARCH, Fraction(1)),
        (Proration.HALF_MONTH, days("2027-03-16", "2027-04-01"), MARCH, Fraction(1, 2)),
        (Proration.ACTUAL_30, days("2027-03-15", "2027-04-01"), MARCH, Fraction(17, 30)),
        (Proration.ACTUAL_30, MARCH, MARCH, Fraction(1)),  # 31 of 30 is all
        (Proration.THIRTY_360, FEBRUARY, FEBRUARY, Fraction(1)),
        (Proration.THIRTY_360, days("2027-02-15", "2027-03-01"), FEBRUARY, Fraction(16, 30)),
        (Proration.THIRTY_360_STRICT, FEBRUARY, FEBRUARY, Fraction(28, 30)),
        (Proration.THIRTY_360_STRICT, MARCH, MARCH, Fraction(1)),
    ],
)
def test_what_is_charged_of_a_period(policy, service, whole, expected) -> None:
    assert share(policy, service, whole) == expected


@pytest.mark.parametrize(
    ("policy", "service", "whole", "said"),
    [
        (Proration.DAY, days("2027-03-15", "2027-04-01"), MARCH, (17, 31)),
        (Proration.ACTUAL_30, days("2027-03-15", "2027-04-01"), MARCH, (17, 30)),
        (Proration.THIRTY_360, MARCH, days("2027-01-01", "2027-04-01"), (30, 90)),
        # over the turn of a year: 15 December to 15 February is twice thirty days
        (Proration.THIRTY_360, days("2027-12-15", "2028-02-15"), MARCH, (60, 30)),
        (Proration.THIRTY_360_STRICT, days("2027-12-15", "2028-02-15"), MARCH, (60, 30)),
        (Proration.THIRTY_360_STRICT, days("2027-12-31", "2028-02-01"), MARCH, (31, 30)),
    ],
)
def test_days_as_a_convention_counts_them(policy, service, whole, said) -> None:
    assert counted(policy, service, whole) == DayCount(*said)


def test_which_policies_go_by_days_and_which_by_a_beginning() -> None:
    by_days = {"day", "30/360", "30/360 strict", "actual/30"}
    assert {one.value for one in Proration if one.by_days} == by_days
    by_start = {"30/360 strict", "actual/30", "half_month", "none"}
    assert {one.value for one in Proration if one.by_start} == by_start


def test_policies_are_stored_by_these_words() -> None:
    words = ["day", "30/360", "30/360 strict", "actual/30", "half_month", "full_period", "none"]
    assert [one.value for one in Proration] == words


def test_a_policy_without_days_counts_none() -> None:
    with pytest.raises(InvalidError, match="expected a day count, found full_period"):
        counted(Proration.FULL_PERIOD, MARCH, MARCH)


def test_time_is_what_elapses() -> None:
    hour = [datetime(2027, 3, 28, clock, tzinfo=UTC) for clock in (0, 6, 23)]
    assert share_of_time((hour[0], hour[1]), (hour[0], hour[2])) == Fraction(6, 23)
    days = [datetime(2027, 3, on, tzinfo=UTC) for on in (1, 2, 5)]
    assert share_of_time((hour[0], hour[1]), (days[0], days[2])) == Fraction(6, 4 * 24)
    second = hour[0].replace(second=1)
    assert share_of_time((hour[0], second), (hour[0], second)) == 1
    with pytest.raises(InvalidError, match="expected an end after"):
        share_of_time((hour[0], hour[1]), (hour[1], hour[1]))
    with pytest.raises(InvalidError, match="expected an end after"):
        share_of_time((hour[0], hour[1]), (hour[1], hour[0]))


def test_months_begun_count_by_their_own_days() -> None:
    parts = (DayCount(20, 31), DayCount(14, 28))
    assert months_and_days(3, parts) == 3 + Fraction(20, 31) + Fraction(1, 2)
