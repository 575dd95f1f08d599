"""What a part of a period costs, by each policy: day by day, or unit by unit."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

Days = dict[date, int]
"""The quantity of each day that is charged for."""
Cost = Callable[[int], Fraction]
"""What a quantity costs for a whole period."""
BY_DAYS = ("day", "30/360", "30/360 strict", "actual/30")
"""Days that are not served cost nothing; by the others the beginning decides."""
DAY = timedelta(days=1)


def charged(policy: str, days: Days, start: date, end: date, cost: Cost) -> Fraction:
    """What some days of a period cost."""
    if policy == "day":
        counted = Counter(days.values())
        exact = sum((cost(n) * times for n, times in counted.items()), Fraction(0))
        return exact / (end - start).days
    if policy == "30/360":
        exact = sum((cost(n) * (_place(day + DAY) - _place(day)) for day, n in days.items()), 0)
        return Fraction(exact) / (_place(end) - _place(start))
    if policy == "full_period":
        return cost(days[min(days)])
    exact = Fraction(0)
    for unit in range(1, max(days.values()) + 1):
        one = cost(unit) - cost(unit - 1)
        exact += one * _of_unit(policy, [day for day, n in days.items() if n >= unit], start, end)
    return exact


def _place(day: date) -> int:
    """The place of a day among years of twelve months of thirty days (30E/360)."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)


def _of_unit(policy: str, days: list[date], start: date, end: date) -> Fraction:
    """The share of one unit that is there on some days."""
    first = min(days)
    if policy == "none":
        return Fraction(first == start)
    if policy == "half_month":
        late = (first - start).days >= (end - start).days // 2
        return Fraction(1, 2) if late else Fraction(1)
    share, run = Fraction(0), 0
    for place, day in enumerate(sorted(days)):
        run += 1
        if place + 1 == len(days) or day + DAY not in days:
            first = day - DAY * (run - 1)
            length = _place(day) - _place(first) + 1 if policy == "30/360 strict" else run
            share += min(Fraction(1), Fraction(length, 30))
            run = 0
    return share
