"""When a cron expression is due; days from the calendar on the wall, shifts from tz news."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from local.cron import Cron


def due(text: str, after: str, until: str, zone: str = "UTC") -> list[str]:
    found = Cron.parsed(text).due(
        datetime.fromisoformat(after).replace(tzinfo=UTC),
        datetime.fromisoformat(until).replace(tzinfo=UTC),
        ZoneInfo(zone),
    )
    return [f"{at:%m-%dT%H:%M}" for at in found]


def days(text: str, after: str, until: str) -> list[str]:
    return [at[:5] for at in due(text, after, until)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 8 L * ? *", ["01-31", "02-28", "03-31", "04-30"]),
        ("0 8 31 * ? *", ["01-31", "03-31"]),
        ("0 8 30 2 ? *", []),
        ("0 8 1 * ? *", ["01-01", "02-01", "03-01", "04-01"]),
        ("0 8 1,15 FEB,APR ? *", ["02-01", "02-15", "04-01", "04-15"]),
        ("0 8 1 1/3 ? *", ["01-01", "04-01"]),
        ("0 8 10-12 3 ? *", ["03-10", "03-11", "03-12"]),
        ("0 8 10-20/5 3 ? *", ["03-10", "03-15", "03-20"]),
        ("0 8 */10 3 ? *", ["03-01", "03-11", "03-21", "03-31"]),
        ("0 8 LW * ? *", ["01-30", "02-27", "03-31", "04-30"]),  # 31 January is a Saturday
        ("0 8 ? 3 MON *", ["03-02", "03-09", "03-16", "03-23", "03-30"]),
        ("0 8 ? 3 6L *", ["03-27"]),  # the last Friday
        ("0 8 ? * FRIL *", ["01-30", "02-27", "03-27", "04-24"]),
        ("0 8 ? 1-4 2#1 *", ["01-05", "02-02", "03-02", "04-06"]),  # the first Monday
        ("0 8 ? 1-4 6#5 *", ["01-30"]),  # only January has a fifth Friday
        ("0 8 ? 1 L *", ["01-03", "01-10", "01-17", "01-24", "01-31"]),  # 7, Saturday
        ("0 8 1 1 ? 2025", []),
        ("0 8 1 1 ? 2025-2030", ["01-01"]),
    ],
)
def test_days_of_early_2026(expression: str, expected: list[str]) -> None:
    assert days(expression, "2025-12-31T23:59", "2026-04-30T23:59") == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 8 15W 8 ? *", ["08-14"]),  # a Saturday moves to the Friday
        ("0 8 15W 11 ? *", ["11-16"]),  # a Sunday to the Monday
        ("0 8 1W 8 ? *", ["08-03"]),  # and no day leaves its month
        ("0 8 LW 5 ? *", ["05-29"]),
        ("0 8 31W 6 ? *", []),
    ],
)
def test_nearest_weekdays_of_2026(expression: str, expected: list[str]) -> None:
    assert days(expression, "2025-12-31T23:59", "2026-12-31T23:59") == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0/20 9 * * ? *", ["09:00", "09:20", "09:40"]),
        ("5,10 8-9 * * ? *", ["08:05", "08:10", "09:05", "09:10"]),
        ("30 22-23 * * ? *", ["22:30", "23:30"]),
        ("50/5 1 * * ? *", ["01:50", "01:55"]),
        ("0 */8 * * ? *", ["00:00", "08:00", "16:00"]),
    ],
)
def test_times_of_a_day(expression: str, expected: list[str]) -> None:
    found = due(expression, "2026-05-04T23:59", "2026-05-05T23:59")
    assert [at[6:] for at in found] == expected


def test_leap_years() -> None:
    assert days("0 0 L 2 ? *", "2028-01-01T00:00", "2028-12-31T00:00") == ["02-29"]
    assert days("0 0 29 2 ? *", "2025-01-01T00:00", "2028-01-01T00:00") == []


def test_the_beginning_is_outside_and_the_end_inside() -> None:
    assert due("0 9 * * ? *", "2026-05-05T09:00", "2026-05-06T09:00") == ["05-06T09:00"]


@pytest.mark.parametrize(
    ("zone", "expression", "after", "until", "expected"),
    [
        # New York, 8 March: 02:00 does not exist, and the day has no run.
        (
            "America/New_York",
            "0 2 * * ? *",
            "2026-03-07T00:00",
            "2026-03-09T12:00",
            ["03-07T07:00", "03-09T06:00"],
        ),
        # New York, 1 November: 01:30 happens twice, and fires the first time, in summer time.
        (
            "America/New_York",
            "30 1 * * ? *",
            "2026-10-31T12:00",
            "2026-11-02T12:00",
            ["11-01T05:30", "11-02T06:30"],
        ),
        (
            "America/New_York",
            "0 2 * * ? *",
            "2026-10-31T12:00",
            "2026-11-02T12:00",
            ["11-01T07:00", "11-02T07:00"],
        ),
        # Paris, 29 March and 25 October.
        (
            "Europe/Paris",
            "30 2 * * ? *",
            "2026-03-28T00:00",
            "2026-03-30T12:00",
            ["03-28T01:30", "03-30T00:30"],
        ),
        (
            "Europe/Paris",
            "30 2 * * ? *",
            "2026-10-24T12:00",
            "2026-10-26T12:00",
            ["10-25T00:30", "10-26T01:30"],
        ),
        (
            "Europe/Paris",
            "0 2 1 * ? *",
            "2026-11-30T00:00",
            "2027-04-02T00:00",
            ["12-01T01:00", "01-01T01:00", "02-01T01:00", "03-01T01:00", "04-01T00:00"],
        ),
        # Lord Howe, 4 October: half an hour is skipped.
        (
            "Australia/Lord_Howe",
            "15 2 * * ? *",
            "2026-10-02T20:00",
            "2026-10-05T00:00",
            ["10-04T15:15"],
        ),
        # Cairo, 24 April: the shift is at midnight.
        (
            "Africa/Cairo",
            "30 0 * * ? *",
            "2026-04-22T12:00",
            "2026-04-25T12:00",
            ["04-22T22:30", "04-24T21:30"],
        ),
        # Kolkata and Apia: no whole hours, and a day ahead.
        (
            "Asia/Kolkata",
            "0 2 * * ? *",
            "2026-05-01T00:00",
            "2026-05-02T00:00",
            ["05-01T20:30"],
        ),
        ("Pacific/Apia", "0 2 1 5 ? *", "2026-04-01T00:00", "2026-06-01T00:00", ["04-30T13:00"]),
    ],
)
def test_zones_and_their_shifts(zone, expression, after, until, expected) -> None:
    assert due(expression, after, until, zone) == expected


def test_ten_years_of_days() -> None:
    found = due("0 1 * * ? *", "2026-01-01T00:00", "2036-01-01T00:00", "America/New_York")
    assert len(found) == 3652  # ten years with two leap days; 01:00 is never skipped


@pytest.mark.parametrize(
    "expression",
    [
        "0 2 * * *",
        "0 2 * * ? * *",
        "0 2 * * * *",
        "0 2 ? * ? *",
        "60 2 * * ? *",
        "0 24 * * ? *",
        "0 2 0 * ? *",
        "0 2 32 * ? *",
        "0 2 * 13 ? *",
        "0 2 ? * 8 *",
        "0 2 ? * FRI-MON *",
        "0 2 ? * MON#6 *",
        "0 2 * * ? 1969",
        "x 2 * * ? *",
        "0/0 2 * * ? *",
        "5- 2 * * ? *",
        "0 2 XW * ? *",
    ],
)
def test_what_is_not_understood_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="cron"):
        Cron.parsed(expression)
