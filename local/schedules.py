"""The deployed schedules, and when each of them is due in business time."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from local.clients import client
from local.cron import Cron
from local.places import Places

DAY_END = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of EventBridge Scheduler; `message` still holds the names to be filled in."""

    name: str
    arn: str
    expression: str
    zone: ZoneInfo
    target: str
    message: str

    def due(self, after: datetime, until: datetime, *, passing: bool = False) -> Iterator[datetime]:
        """
        Yield the instants in (after, until] in UTC, in order.

        A rate fires once at the end of each UTC day, and of the last one's part unless the clock
        only passes `until`: what it looks for changes when something else fires, and not every
        few minutes.

        Raises:
            ValueError: the expression is not understood.

        """
        kind, _, inner = self.expression.removesuffix(")").partition("(")
        if kind == "cron":
            yield from Cron.parsed(inner).due(after, until, self.zone)
        elif kind == "rate":
            yield from _day_ends(after, until, passing=passing)
        elif kind == "at":
            instant = datetime.fromisoformat(inner).replace(tzinfo=self.zone).astimezone(UTC)
            if after < instant <= until:
                yield instant
        else:
            raise ValueError(f"{self.name}: expected cron, rate or at, found {self.expression!r}")


@dataclass(frozen=True, slots=True)
class Firing:
    at: datetime
    schedule: Schedule


def firings(
    schedules: Sequence[Schedule], after: datetime, until: datetime, *, passing: bool = False
) -> Iterator[Firing]:
    """Yield all that is due, in order; of what is due together, rates come last, then by name."""

    def of(schedule: Schedule) -> Iterator[Firing]:
        for at in schedule.due(after, until, passing=passing):
            yield Firing(at, schedule)

    streams = [of(one) for one in sorted(schedules, key=_order)]
    yield from heapq.merge(*streams, key=lambda one: (one.at, _order(one.schedule)))


def deployed(places: Places) -> list[Schedule]:
    """Read the schedules of the running cloud; `local.fixups` has given them their zones."""
    scheduler = client("scheduler", places)
    pages = scheduler.get_paginator("list_schedules").paginate()
    rows = [row for page in pages for row in page["Schedules"]]
    found = [scheduler.get_schedule(Name=row["Name"], GroupName=row["GroupName"]) for row in rows]
    return [
        Schedule(
            name=one["Name"],
            arn=one["Arn"],
            expression=one["ScheduleExpression"],
            zone=ZoneInfo(one["ScheduleExpressionTimezone"]),
            target=one["Target"]["Arn"],
            message=one["Target"].get("Input", "{}"),
        )
        for one in found
    ]


def _order(schedule: Schedule) -> tuple[bool, str]:
    return schedule.expression.startswith("rate"), schedule.name


def _day_ends(after: datetime, until: datetime, *, passing: bool) -> Iterator[datetime]:
    day: date = after.astimezone(UTC).date()
    while (end := datetime.combine(day, DAY_END, UTC)) < until:
        if end > after:
            yield end
        day += timedelta(days=1)
    if until > after and not (passing and until.time() != DAY_END):
        yield until
