"""What fires when: each schedule as itself, rates at the end of the day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from local.schedules import Schedule, firings

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
