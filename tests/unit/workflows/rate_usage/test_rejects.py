from datetime import timedelta

import pytest

from solde.domain.usage.event import EPOCH, Event, Flaw
from solde.workflows.rate_usage.rejects import RejectLog, reject, rejects_in, stays_open
from tests.support.usage_world import at

NOW = at("2026-05-02T10:30:00")


def event(days_ago: int = 0) -> Event:
    received = NOW - timedelta(days=days_ago) - EPOCH
    received_ms = received // timedelta(milliseconds=1)
    return Event("00" * 16, "11" * 8, 5, received_ms, "s", "i", "t", "x", {"é": 1})


def test_what_is_logged_is_read_again():
    log = RejectLog()
    flaw = Flaw("/subject", "unknown_subject", "a subscription", '"x"')
    rows = [reject("unknown_subject", flaw, number, event()) for number in range(3)]
    for row in rows:
        log.add(row)
    assert log.count == 3
    assert list(rejects_in(log.body())) == rows
    assert rows[0].detail == 'expected a subscription, found "x"'


def test_an_empty_log_is_nothing():
    assert RejectLog().body() == b""
    assert list(rejects_in(b"")) == []


@pytest.mark.parametrize(
    ("code", "days_ago", "stays"),
    [
        ("unknown_subject", 0, True),
        ("ambiguous_subject", 35, True),
        ("unknown_meter", 34, True),
        ("not_metered", 0, True),
        ("unknown_subject", 36, False),
        ("conflict", 0, False),
        ("bad_value", 0, False),
        ("beyond_horizon", 0, False),
    ],
)
def test_what_can_be_repaired_is_tried_again_for_35_days(code, days_ago, stays):
    one = reject(code, Flaw("", code, "", ""), 1, event(days_ago))
    assert stays_open(one, NOW) is stays
