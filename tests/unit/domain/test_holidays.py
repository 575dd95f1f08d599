"""Holidays: Easter as it was and will be, and the calendars of France and TARGET."""

from datetime import date

import pytest

from solde.domain.business_days import Roll, rolled
from solde.domain.errors import InvalidError
from solde.domain.holidays import calendar, easter, holidays


@pytest.mark.parametrize(
    "on",
    [
        # the earliest and the latest there can be, and years in which the rules meet their ends
        "1720-03-31",
        "1818-03-22",
        "1859-04-24",
        "1886-04-25",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2013-03-31",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2285-03-22",
        "3165-04-18",
    ],
)
def test_easter_sunday(on: str) -> None:
    assert easter(int(on[:4])).isoformat() == on


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        (
            "FR",
            2027,
            "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
        ),
        # 1 May was Ascension, too
        ("FR", 2008, "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1981, "01-01 04-20 05-01 05-28 06-08 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1982, "01-01 04-12 05-01 05-08 05-20 05-31 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1947, "01-01 04-07 05-01 05-15 05-26 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1946, "01-01 04-22 05-30 06-10 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1922, "01-01 04-17 05-25 06-05 07-14 08-15 11-01 11-11 12-25"),
        ("FR", 1921, "01-01 03-28 05-05 05-16 07-14 08-15 11-01 12-25"),
        ("TARGET", 2000, "01-01 04-21 04-24 05-01 12-25 12-26"),
        ("TARGET", 2027, "01-01 03-26 03-29 05-01 12-25 12-26"),
        ("TARGET", 2026, "01-01 04-03 04-06 05-01 12-25 12-26"),
        ("TARGET", 1999, "01-01 12-25"),
        ("TARGET", 1998, ""),
        ("", 2027, ""),
    ],
)
def test_the_holidays_of_a_year(name: str, year: int, expected: str) -> None:
    assert " ".join(sorted(day.strftime("%m-%d") for day in holidays(name, year))) == expected


@pytest.mark.parametrize(
    ("name", "on", "following", "preceding"),
    [
        # Thursday 25 March 2027 is a business day; Good Friday is one in France
        ("TARGET", "2027-03-25", "2027-03-25", "2027-03-25"),
        ("TARGET", "2027-03-26", "2027-03-30", "2027-03-25"),
        ("FR", "2027-03-26", "2027-03-26", "2027-03-26"),
        ("FR", "2027-03-27", "2027-03-30", "2027-03-26"),
        ("", "2027-03-27", "2027-03-29", "2027-03-26"),
        # Friday 14 July 2028, and the weekend behind it
        ("FR", "2028-07-14", "2028-07-17", "2028-07-13"),
        ("TARGET", "2028-07-14", "2028-07-14", "2028-07-14"),
        # from Christmas 2026, a Friday, to Monday; back over New Year 2027
        ("TARGET", "2026-12-25", "2026-12-28", "2026-12-24"),
        ("FR", "2027-01-01", "2027-01-04", "2026-12-31"),
    ],
)
def test_where_a_due_date_goes(name: str, on: str, following: str, preceding: str) -> None:
    day, known = date.fromisoformat(on), calendar(name)
    assert rolled(day, Roll.FOLLOWING, known).isoformat() == following
    assert rolled(day, Roll.PRECEDING, known).isoformat() == preceding


def test_an_unknown_calendar() -> None:
    with pytest.raises(InvalidError, match=r"expected one of \['', 'FR', 'TARGET'\], found 'XX'"):
        calendar("XX")
