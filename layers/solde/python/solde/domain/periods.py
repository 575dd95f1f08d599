"""Days, half-open periods, billing cycles counted from an anchor, and the zone that makes days."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from solde.domain.errors import InvalidError
from solde.domain.values import light

NEVER = date.max
"""The end of what has no end yet."""


@light
@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start_on` up to, but not including, `end_on`."""

    start_on: date
    end_on: date

    def __post_init__(self) -> None:
        if self.end_on <= self.start_on:
            raise InvalidError(
                f"period: expected an end after {self.start_on}, found {self.end_on}"
            )

    @property
    def days(self) -> int:
        return (self.end_on - self.start_on).days

    @property
    def last_on(self) -> date:
        """The last day, as documents print it."""
        return self.end_on - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start_on <= day < self.end_on

    def share_of(self, whole: "Period") -> Fraction:
        return Fraction(self.days, whole.days)

    def common(self, other: "Period") -> "Period | None":
        """Return the days that both hold, or None."""
        if self.start_on <= other.start_on and other.end_on <= self.end_on:
            return other
        start_on = max(self.start_on, other.start_on)
        end_on = min(self.end_on, other.end_on)
        return Period(start_on, end_on) if start_on < end_on else None


_known = lru_cache(maxsize=4096)(Period)
"""Billing periods are few and shared by thousands of customers: one value serves them all."""


class Unit(Enum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    MONTH_LAST_DAY = "month_last_day"
    YEAR = "year"


@light
@dataclass(frozen=True, slots=True)
class Cycle:
    """Every `count` units, counted from `anchor_on`, which is stored whole (R6)."""

    unit: Unit
    count: int
    anchor_on: date

    def __post_init__(self) -> None:
        if self.count < 1:
            raise InvalidError(f"cycle: expected a count of at least 1, found {self.count}")

    def start(self, number: int) -> date:
        """
        Return the first day of period `number`; negative numbers lie before the anchor.

        Counted from the anchor, never from the previous period: an anchor on the 31st gives
        28 February and again 31 March.
        """
        steps = number * self.count
        match self.unit:
            case Unit.MONTH:
                return month_after(self.anchor_on, steps)
            case Unit.DAY:
                return self.anchor_on + timedelta(days=steps)
            case Unit.WEEK:
                return self.anchor_on + timedelta(weeks=steps)
            case Unit.MONTH_LAST_DAY:
                return month_after(self.anchor_on.replace(day=1), steps, last_day=True)
            case Unit.YEAR:
                return month_after(self.anchor_on, steps * 12)

    def period(self, number: int) -> Period:
        return _known(self.start(number), self.start(number + 1))

    def number_at(self, day: date) -> int:
        """Return the number of the period that holds `day`."""
        number = self._at_most(day)
        return number - 1 if self.start(number) > day else number

    def periods(self, within: Period) -> Iterator[Period]:
        """Yield the full, unclipped periods that share a day with `within`, in order."""
        return Calendar(self).periods(within.start_on, within.end_on)

    def _at_most(self, day: date) -> int:
        """Return the number that holds `day`, or the next: one that begins later in its month."""
        match self.unit:
            case Unit.MONTH | Unit.MONTH_LAST_DAY:
                return _months_between(self.anchor_on, day) // self.count
            case Unit.DAY:
                return (day - self.anchor_on).days // self.count
            case Unit.WEEK:
                return (day - self.anchor_on).days // (7 * self.count)
            case Unit.YEAR:
                return _months_between(self.anchor_on, day) // (12 * self.count)


class Calendar:
    """The periods of a cycle, each computed once."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle
        self._numbers: dict[date, int] = {}
        self._periods: dict[int, Period] = {}

    def periods(self, start_on: date, end_on: date) -> Iterator[Period]:
        """Yield the full periods that share a day with those from a start up to an end."""
        number = self.number_at(start_on)
        period = self.period(number)
        while period.start_on < end_on:
            yield period
            if period.end_on == NEVER:
                return
            number += 1
            period = self.period(number)

    def number_at(self, day: date) -> int:
        if day not in self._numbers:
            self._numbers[day] = self._cycle.number_at(day)
        return self._numbers[day]

    def period(self, number: int) -> Period:
        if number not in self._periods:
            self._periods[number] = self._cycle.period(number)
        return self._periods[number]


@lru_cache(maxsize=1024)
def calendar(cycle: Cycle) -> Calendar:
    """Return the calendar of a cycle, which customers who begin on one day share."""
    return Calendar(cycle)


def _months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


@lru_cache(maxsize=4096)
def month_after(anchor_on: date, months: int, *, last_day: bool = False) -> date:
    """Return the day `months` after the anchor, clamped to (or always) the month's last day."""
    year, month0 = divmod(anchor_on.year * 12 + anchor_on.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, last if last_day else min(anchor_on.day, last))


def invoice_day(on: date, day_of_month: int) -> date:
    """
    Return the first invoice day on or after a day: every day (0), or one day of each month.

    The 31st is the last day of a shorter month.
    """
    if not day_of_month:
        return on
    here = month_after(on.replace(day=1), 0, last_day=True)
    this = here.replace(day=min(day_of_month, here.day))
    if this >= on:
        return this
    following = month_after(on.replace(day=1), 1, last_day=True)
    return following.replace(day=min(day_of_month, following.day))


@cache
def zone(name: str) -> ZoneInfo:
    """
    Return the named time zone.

    Raises:
        InvalidError: no such zone.

    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as unknown:
        raise InvalidError(
            f"time_zone: expected an IANA zone, found {name!r}", pointer="/time_zone"
        ) from unknown


def zone_after(zone_name: str, on: date, to: str) -> str:
    """
    Name zones in turn: `to` counts from the first instant of a day, which the old zone gives (R6).

    The name reads "Europe/Paris 2026-09-01 America/New_York", and stands wherever a zone does.

    Raises:
        InvalidError: no such zone, or one that counts already, or a turn not after the last.

    """
    zone(to)
    *before, last = zone_name.split()
    if last == to or (before and on.isoformat() <= before[-1]):
        raise InvalidError(
            f"time_zone: expected another zone, and a day after the last turn, found {to!r} on "
            f"{on} after {zone_name!r}",
            pointer="/time_zone",
        )
    return f"{zone_name} {on.isoformat()} {to}"


@cache
def _turns(zone_name: str) -> tuple[tuple[date, str], ...]:
    """Return each zone with the day from which it counts."""
    first, *rest = zone_name.split()
    days = [date.min, *map(date.fromisoformat, rest[::2])]
    return tuple(zip(days, [first, *rest[1::2]], strict=True))


def day_of(at: datetime, zone_name: str) -> date:
    """Return the civil day of an instant in a zone: the one place where instants become days."""
    if " " not in zone_name:
        return at.astimezone(zone(zone_name)).date()
    return next(
        max(on, at.astimezone(zone(name)).date())
        for on, name in reversed(_turns(zone_name))
        if on == date.min or at >= starts_at(on, zone_name)
    )


def instant_of(day: date, local: time, zone_name: str) -> datetime:
    """
    Return the instant of a local time, in UTC.

    A time that does not exist is taken at the offset in force before the gap; one that comes
    twice is the first.
    """
    return datetime.combine(day, local, tzinfo=zone(zone_name)).astimezone(UTC)


def starts_at(day: date, zone_name: str) -> datetime:
    """
    Return the first valid instant of a local day, in UTC (R6).

    A midnight that does not exist gives the next valid instant, since it is taken at the offset
    in force before the gap; one that comes twice, the first. Where the zone changes, the instant
    belongs to the old one.
    """
    if " " in zone_name:
        zone_name = next(name for on, name in reversed(_turns(zone_name)) if on < day)
    return instant_of(day, time.min, zone_name)
