"""The months that the demo lives through, and when their usage is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first instant of the demo to its last; `flights_of` are those with flights."""

    start: datetime
    end: datetime
    flights_of: tuple[tuple[int, int], ...]


JANUARY = Span(
    datetime(2013, 1, 1, tzinfo=ZONE).astimezone(UTC),
    datetime(2013, 3, 20, 12, tzinfo=ZONE).astimezone(UTC),
    ((2013, 1),),
)
YEAR = Span(
    JANUARY.start,
    datetime(2014, 1, 15, 12, tzinfo=ZONE).astimezone(UTC),
    tuple((2013, month) for month in range(1, 13)),
)


def month_starts(span: Span) -> Iterator[date]:
    day = span.start.astimezone(ZONE).date().replace(day=1)
    while day <= span.end.astimezone(ZONE).date():
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def last_second_of(day: date) -> datetime:
    """Return the last second before a day begins in New York: the month before is complete."""
    return datetime.combine(day, time(0), tzinfo=ZONE).astimezone(UTC) - SECOND


def at_hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)
