"""Announcements on the bus: in tens, and what was not taken is an error."""

from datetime import UTC, datetime

import pytest

from solde.adapters.bus import EventBus
from solde.domain.errors import StoreUnavailableError
from solde.ports.announcements import Announcement
from tests.support.answering import answering

AT = datetime(2027, 1, 31, 5, tzinfo=UTC)


def announced(count: int) -> list[Announcement]:
    return [Announcement(("O", str(n)), "invoice.mailed", {"n": n}, AT) for n in range(count)]


def test_an_announcement_takes_its_business_time_along() -> None:
    client, calls = answering("events", put_events=[{"FailedEntryCount": 0, "Entries": []}])
    EventBus(client, "bus").publish(announced(1))
    assert calls == [
        {
            "Entries": [
                {
                    "Source": "solde",
                    "DetailType": "invoice.mailed",
                    "Detail": '{"n":0,"as_of":"2027-01-31T05:00:00+00:00"}',
                    "EventBusName": "bus",
                }
            ]
        }
    ]


def test_they_go_out_in_tens_and_none_without_need() -> None:
    done = {"FailedEntryCount": 0, "Entries": []}
    client, calls = answering("events", put_events=[done] * 3)
    EventBus(client, "bus").publish(announced(21))
    assert [len(call["Entries"]) for call in calls] == [10, 10, 1]
    client, calls = answering("events")
    EventBus(client, "bus").publish([])
    assert calls == []


def test_what_was_not_taken_is_to_be_repeated() -> None:
    client, _ = answering("events", put_events=[{"FailedEntryCount": 2, "Entries": []}])
    with pytest.raises(StoreUnavailableError, match="bus: 2 not taken"):
        EventBus(client, "bus").publish(announced(3))
