"""Dates that are no business days."""

from datetime import date

import pytest

from solde.domain.business_days import Calendar, Roll, rolled

EASTER_MONDAY = date(2027, 3, 29)
CALENDAR = Calendar({EASTER_MONDAY, date(2027, 1, 1)}.__contains__)
CASES = [  # a Saturday at a month's end, a Saturday at mid-month, Easter Sunday, a working Tuesday
    (Roll.FOLLOWING, ("2027-08-02", "2027-05-17", "2027-03-30", "2027-06-01")),
    (Roll.MODIFIED_FOLLOWING, ("2027-07-30", "2027-05-17", "2027-03-30", "2027-06-01")),
    (Roll.MODIFIED_FOLLOWING_BIMONTHLY, ("2027-07-30", "2027-05-14", "2027-03-30", "2027-06-01")),
    (Roll.PRECEDING, ("2027-07-30", "2027-05-14", "2027-03-26", "2027-06-01")),
    (Roll.MODIFIED_PRECEDING, ("2027-07-30", "2027-05-14", "2027-03-26", "2027-06-01")),
    (Roll.NEAREST, ("2027-07-30", "2027-05-14", "2027-03-30", "2027-06-01")),
]
DAYS = ("2027-07-31", "2027-05-15", "2027-03-28", "2027-06-01")


@pytest.mark.parametrize(("roll", "expected"), CASES)
def test_where_a_date_goes(roll, expected) -> None:
    found = tuple(rolled(date.fromisoformat(day), roll, CALENDAR).isoformat() for day in DAYS)
    assert found == expected


def test_modified_preceding_stays_in_its_month() -> None:
    assert rolled(date(2027, 5, 1), Roll.MODIFIED_PRECEDING, CALENDAR) == date(2027, 5, 3)


def test_a_weekend_of_friday_and_saturday() -> None:
    calendar = Calendar(set().__contains__, weekend=(4, 5))
    assert calendar.following(date(2027, 5, 14)) == date(2027, 5, 16)
