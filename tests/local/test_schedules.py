"""What fires when: each schedule as itself, rates at the end of the day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from local.clock import filled
from local.schedules import Firing, Schedule, firings

ZONE = ZoneInfo("UTC")


def test_firings_of_several_schedules_keep_their_own_names_and_order() -> None:
    daily = Schedule("bill-run", "a", "cron(0 2 * * ? *)", ZONE, "t", "{}")
    often = Schedule("sweep", "b", "rate(5 minutes)", ZONE, "t", "{}")
    day = datetime(2013, 1, 1, tzinfo=UTC)
    found = firings([often, daily], day, datetime(2013, 1, 2, tzinfo=UTC))
    assert [(one.at.isoformat()[:16], one.schedule.name) for one in found] == [
        ("2013-01-01T02:00", "bill-run"),
        ("2013-01-01T23:59", "sweep"),
        ("2013-01-02T00:00", "sweep"),
    ]


def test_a_rate_fires_at_the_end_of_each_day_and_of_the_part_of_one() -> None:
    often = Schedule("sweep", "b", "rate(5 minutes)", ZONE, "t", "{}")
    found = often.due(datetime(2013, 1, 1, 12, tzinfo=UTC), datetime(2013, 1, 3, 9, 30, tzinfo=UTC))
    assert [at.isoformat()[:19] for at in found] == [
        "2013-01-01T23:59:59",
        "2013-01-02T23:59:59",
        "2013-01-03T09:30:00",
    ]


def test_a_rate_fires_once_where_the_advance_ends_with_the_day() -> None:
    often = Schedule("sweep", "b", "rate(1 day)", ZONE, "t", "{}")
    end = datetime(2013, 1, 1, 23, 59, 59, tzinfo=UTC)
    assert list(often.due(datetime(2013, 1, 1, tzinfo=UTC), end)) == [end]
    assert list(often.due(end, end)) == []


def test_a_rate_waits_for_the_end_of_the_day_where_the_clock_only_passes() -> None:
    often = Schedule("sweep", "b", "rate(5 minutes)", ZONE, "t", "{}")
    noon, night = datetime(2013, 1, 2, 12, tzinfo=UTC), datetime(2013, 1, 2, 23, 59, 59, tzinfo=UTC)
    day = datetime(2013, 1, 1, 12, tzinfo=UTC)
    assert list(often.due(day, noon, passing=True)) == [day.replace(hour=23, minute=59, second=59)]
    assert list(often.due(noon, night, passing=True)) == [night]


def test_what_is_due_together_fires_by_name_and_rates_last() -> None:
    at = datetime(2013, 1, 1, 23, 59, 59, tzinfo=UTC)
    late = "at(2013-01-01T23:59:59)"
    several = [
        Schedule("a-sweep", "1", "rate(5 minutes)", ZONE, "t", "{}"),
        Schedule("c", "2", late, ZONE, "t", "{}"),
        Schedule("b", "3", late, ZONE, "t", "{}"),
    ]
    found = firings(several, datetime(2013, 1, 1, tzinfo=UTC), at)
    assert [one.schedule.name for one in found] == ["b", "c", "a-sweep"]


def test_one_instant_in_its_zone_and_only_once() -> None:
    once = Schedule("once", "a", "at(2013-07-01T09:00:00)", ZoneInfo("Europe/Paris"), "t", "{}")
    june, july = datetime(2013, 6, 1, tzinfo=UTC), datetime(2013, 7, 31, tzinfo=UTC)
    assert [at.isoformat()[:16] for at in once.due(june, july)] == ["2013-07-01T07:00"]
    assert list(once.due(july, datetime(2014, 1, 1, tzinfo=UTC))) == []


def test_another_kind_of_expression_is_refused() -> None:
    strange = Schedule("strange", "a", "every(day)", ZONE, "t", "{}")
    with pytest.raises(ValueError, match="strange: expected cron, rate or at"):
        list(strange.due(datetime(2013, 1, 1, tzinfo=UTC), datetime(2013, 1, 2, tzinfo=UTC)))


def test_context_attributes_are_filled_in() -> None:
    message = (
        '{"as_of":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>",'
        '"arn":"<aws.scheduler.schedule-arn>","attempt":<aws.scheduler.attempt-number>}'
    )
    schedule = Schedule("bill-run", "arn:x", "rate(1 day)", ZONE, "t", message)
    at = datetime(2013, 7, 1, 4, tzinfo=ZoneInfo("America/New_York"))
    assert filled(Firing(at, schedule)) == (
        '{"as_of":"2013-07-01T08:00:00Z","id":"bill-run-2013-07-01T080000Z",'
        '"arn":"arn:x","attempt":1}'
    )
