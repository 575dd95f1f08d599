"""Billing periods, counted from the anchor."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MONTHS = {"month": 1, "month_last_day": 1, "year": 12}
DAYS = {"day": 1, "week": 7}


class Cycle(NamedTuple):
    unit: str
    count: int
    anchor: date


@cache
def begins(cycle: Cycle, number: int) -> date:
    """The first day of a period: counted from the anchor, never from the period before."""
    anchor, steps = cycle.anchor, number * cycle.count
    if cycle.unit in DAYS:
        return anchor + timedelta(days=DAYS[cycle.unit] * steps)
    first = months_after(anchor.replace(day=1), MONTHS[cycle.unit] * steps)
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=last if cycle.unit == "month_last_day" else min(anchor.day, last))


@cache
def number_on(cycle: Cycle, day: date) -> int:
    """The number of the period that holds a day."""
    number = 0
    while begins(cycle, number) > day:
        number -= 1
    while begins(cycle, number + 1) <= day:
        number += 1
    return number


def period(cycle: Cycle, day: date) -> tuple[date, date]:
    """The first day of the billing period that holds a day, and that of the next."""
    number = number_on(cycle, day)
    return begins(cycle, number), begins(cycle, number + 1)


def first_from(cycle: Cycle, day: date) -> date:
    """The first day of the first period that begins on a day or later."""
    start, end = period(cycle, day)
    return start if start == day else end


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
