"""
The `cron(…)` expressions of EventBridge Scheduler, evaluated day by day in the schedule's zone.

Source of the rules: the service's user guide, "Schedule types" and "Daylight saving time". A local
time that a shift skips does not fire; one that a shift repeats fires the first time only.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from local.cron_fields import Days, numbers

YEARS = range(1970, 2200)
MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
FIELDS = 6


@dataclass(frozen=True, slots=True)
class Cron:
    """The local times of a day, and the days that have them."""

    times: tuple[time, ...]
    days: Days
    months: frozenset[int]
    years: frozenset[int]

    @classmethod
    def parsed(cls, text: str) -> "Cron":
        """
        Read the six fields: minutes, hours, day of month, month, day of week, year.

        Raises:
            ValueError: a field is not understood, or days are said twice or not at all.

        """
        fields = text.split()
        if len(fields) != FIELDS:
            raise ValueError(f"cron({text}): expected six fields, found {len(fields)}")
        minutes, hours, day, month, weekday, year = fields
        times = [
            time(hour, minute)
            for hour in sorted(numbers(hours, range(24)))
            for minute in sorted(numbers(minutes, range(60)))
        ]
        return cls(
            times=tuple(times),
            days=Days.parsed(day, weekday),
            months=numbers(month, range(1, 13), MONTHS),
            years=numbers(year, YEARS),
        )

    def due(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """Yield the instants in (after, until] in UTC, in order."""
        last = until.astimezone(zone).date()
        day = after.astimezone(zone).date()
        while day <= last:
            if day.year in self.years and day.month in self.months and self.days.has(day):
                for instant in self._instants(day, zone):
                    if after < instant <= until:
                        yield instant
            day += timedelta(days=1)

    def _instants(self, day: date, zone: ZoneInfo) -> Iterator[datetime]:
        for local in self.times:
            instant = datetime.combine(day, local, zone).astimezone(UTC)
            if (
                instant.astimezone(zone).time() == local
            ):  # a time that a shift skips comes back as another
                yield instant
