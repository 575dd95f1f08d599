"""
Holidays as dated rules, by calendar: fixed days of a year, and days counted from Easter Sunday.

A rule says since when it holds, unless it is older than anything that is billed. FR are the public
holidays of metropolitan France (Code du travail, L3133-1); Good Friday and 26 December, which are
holidays in Alsace-Moselle alone, are not in it. TARGET are the closing days of the euro's payment
system (ECB: long-term calendar since 2002).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from solde.domain.business_days import Calendar
from solde.domain.errors import InvalidError

WEEKENDS = ""
"""The calendar of those who know no holidays: Saturday and Sunday alone."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of the year, from the year `since` on."""

    month: int
    day: int
    since: int = 1

    def in_year(self, year: int) -> date:
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Movable:
    """So many days after Easter Sunday, before it if negative."""

    days: int
    since: int = 1

    def in_year(self, year: int) -> date:
        return easter(year) + timedelta(days=self.days)


GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY = -2, 1, 39, 50

HOLIDAYS: Mapping[str, tuple[Fixed | Movable, ...]] = {
    WEEKENDS: (),
    "FR": (
        Fixed(1, 1),
        Movable(EASTER_MONDAY),
        Fixed(5, 1, since=1947),  # law of 30 April 1947
        Fixed(5, 8, since=1982),  # law 81-893 of 2 October 1981
        Movable(ASCENSION),
        Movable(WHIT_MONDAY),
        Fixed(7, 14),
        Fixed(8, 15),
        Fixed(11, 1),
        Fixed(11, 11, since=1922),
        Fixed(12, 25),
    ),
    "TARGET": (
        Fixed(1, 1, since=1999),
        Movable(GOOD_FRIDAY, since=2000),
        Movable(EASTER_MONDAY, since=2000),
        Fixed(5, 1, since=2000),
        Fixed(12, 25, since=1999),
        Fixed(12, 26, since=2000),
    ),
}


def calendar(name: str) -> Calendar:
    """
    Return the business days of a calendar.

    Raises:
        InvalidError: there is none of that name.

    """
    if name not in HOLIDAYS:
        raise InvalidError(f"calendar: expected one of {sorted(HOLIDAYS)}, found {name!r}")
    return Calendar(lambda day: day in holidays(name, day.year))


@cache
def holidays(name: str, year: int) -> frozenset[date]:
    """Return the holidays of a year, weekends not among them."""
    return frozenset([one.in_year(year) for one in HOLIDAYS[name] if one.since <= year])


def easter(year: int) -> date:
    """
    Return Easter Sunday of the Gregorian calendar.

    The Sunday after the first full moon of the church on 21 March or later (algorithm of Meeus,
    Jones and Butcher, 1876).
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    fours, after = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * fours - moon - after) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
