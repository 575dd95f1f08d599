"""The fields of a cron expression: sets of numbers, and the two ways to name days."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {"SUN": 1, "MON": 2, "TUE": 3, "WED": 4, "THU": 5, "FRI": 6, "SAT": 7}
SATURDAY, SUNDAY = 5, 6
"""As `date.weekday` counts."""


def numbers(text: str, allowed: range, names: Mapping[str, int] | None = None) -> frozenset[int]:
    """
    Return the numbers that a field names: `*`, `5`, `MON-FRI`, `0/15`, `1-10/3`, `1,15`.

    Raises:
        ValueError: a part is not understood or lies outside what the field allows.

    """
    return frozenset(
        number for part in text.split(",") for number in _part(part, allowed, names or {})
    )


def _part(text: str, allowed: range, names: Mapping[str, int]) -> range:
    span, _, step = text.partition("/")
    first, dash, last = span.partition("-")
    try:
        by = int(step) if step else 1
        if span == "*":
            start, end = allowed[0], allowed[-1]
        else:
            start = names.get(first.upper()) or int(first)
            end = start if not (dash or step) else allowed[-1]
            if dash:
                end = names.get(last.upper()) or int(last)
    except ValueError:
        raise ValueError(f"cron field {text!r}: expected a number, a name or a range") from None
    if by < 1 or start > end or start not in allowed or end not in allowed:
        raise ValueError(f"cron field {text!r}: expected values from {allowed[0]} to {allowed[-1]}")
    return range(start, end + 1, by)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the month or days of the week; the other is `?`."""

    month: str
    week: str

    @classmethod
    def parsed(cls, month: str, week: str) -> "Days":
        """
        Check both fields and keep them.

        Raises:
            ValueError: not exactly one is `?`, or the other is not understood.

        """
        if (month == "?") == (week == "?"):
            raise ValueError(f"cron days {month!r} and {week!r}: expected one of them to be '?'")
        days = cls(month.upper(), week.upper())
        days.has(date(2026, 1, 31))  # understood, or refused at once
        return days

    def has(self, day: date) -> bool:
        parts = (self.month if self.week == "?" else self.week).split(",")
        match = _of_month if self.week == "?" else _of_week
        return any(match(part, day) for part in parts)


def _of_month(part: str, day: date) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    if part == "L":
        return day.day == last
    if part == "LW":
        return day == _weekday_nearest(day.replace(day=last))
    if part.endswith("W"):
        (wanted,) = numbers(part[:-1], range(1, 32))
        return wanted <= last and day == _weekday_nearest(day.replace(day=wanted))
    return day.day in numbers(part, range(1, 32))


def _of_week(part: str, day: date) -> bool:
    number = day.isoweekday() % 7 + 1
    if "#" in part:
        weekday, _, which = part.partition("#")
        (nth,) = numbers(which, range(1, 6))
        return number in numbers(weekday, range(1, 8), WEEKDAYS) and (day.day + 6) // 7 == nth
    if part == "L":
        return number == WEEKDAYS["SAT"]
    if part.endswith("L"):
        again = day + timedelta(days=7)
        return number in numbers(part[:-1], range(1, 8), WEEKDAYS) and again.month != day.month
    return number in numbers(part, range(1, 8), WEEKDAYS)


def _weekday_nearest(day: date) -> date:
    """Move a Saturday or Sunday to the nearest weekday of the same month."""
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1) if day.day > 1 else day + timedelta(days=2)
    if day.weekday() == SUNDAY:
        monday = day + timedelta(days=1)
        return monday if monday.month == day.month else day - timedelta(days=2)
    return day
