"""What events come to, by each kind of meter; instants are those of Paris."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.slow_model.costs import rounded
from tests.slow_model.told import Used

ZONE = ZoneInfo("Europe/Paris")
AT_ONCE = ("max", "unique", "latest")
"""What these say of a period is no sum over its days."""
DAY = timedelta(days=1)
DECIMALS = 10**4

FOLDS: dict[str, Callable[[Sequence[Used]], Fraction]] = {
    "sum": lambda used: sum((Fraction(one.amount) for one in used), Fraction(0)),
    "count": lambda used: Fraction(len(used)),
    "max": lambda used: max((Fraction(one.amount) for one in used), default=Fraction(0)),
    "unique": lambda used: Fraction(len({one.amount for one in used})),
    "latest": lambda used: Fraction(used[-1].amount) if used else Fraction(0),
}


def measured(kind: str, used: Sequence[Used], first: date, last: date, whole: date) -> Fraction:
    """
    What a meter says of the days from the first to the last, rounded to four decimals.

    What is weighed by time is weighed by that of all the days that are counted, to `whole`.
    """
    in_order = sorted(used, key=instant)  # of one instant, as they were told
    if kind == "time_weighted":
        exact = _area(in_order, begins(first), begins(last + DAY))
        exact /= begins(whole + DAY) - begins(first)
    else:
        exact = FOLDS[kind]([one for one in in_order if first <= one.on <= last])
    return Fraction(rounded(exact * DECIMALS), DECIMALS)


def _area(used: Sequence[Used], since: int, until: int) -> Fraction:
    """Every second the value that was said last."""
    area, held, at = Fraction(0), Fraction(0), since
    for one in used:
        here = instant(one)
        if here >= until:
            break
        if here > at:
            area, at = area + held * (here - at), here
        held = Fraction(one.amount)
    return area + held * (until - at)


def instant(one: Used) -> int:
    return begins(one.on) + one.second


def begins(day: date) -> int:
    """The second in which a day begins, counted from 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC).timestamp())
