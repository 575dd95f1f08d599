"""Zones: the instants at which local days begin, also where clocks or places change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.periods import (
    day_of,
    instant_of,
    starts_at,
    zone,
    zone_after,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "where", "at"),
    [
        ("2026-10-25", "Europe/Paris", "2026-10-24T22:00"),  # the day has 25 hours
        ("2026-10-26", "Europe/Paris", "2026-10-25T23:00"),
        ("2026-09-01", "Europe/Paris", "2026-08-31T22:00"),
        ("2026-10-01", "America/New_York", "2026-10-01T04:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00"),  # no midnight: 01:00 is first
        ("2026-03-29", "Asia/Beirut", "2026-03-28T22:00"),  # nor there
        ("2026-11-01", "America/Havana", "2026-11-01T04:00"),  # two midnights: the first
        ("2027-03-14", "America/New_York", "2027-03-14T05:00"),  # 23 hours, from midnight on
        ("2027-01-01", "Asia/Kathmandu", "2026-12-31T18:15"),  # +05:45
        ("2027-06-01", "UTC", "2027-06-01T00:00"),
    ],
)
def test_the_first_instant_of_a_local_day(on, where, at) -> None:
    found = starts_at(day(on), where)
    assert found == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert day_of(found, where) == day(on)


ZONES = ("Europe/Paris", "America/New_York", "America/Havana", "Asia/Beirut", "Asia/Kathmandu")


@given(on=st.dates(date(2020, 1, 1), date(2036, 12, 30)), where=st.sampled_from(ZONES))
def test_every_instant_is_of_one_day(on, where) -> None:
    """The last microsecond before a day's first instant is of the day before."""
    begins = starts_at(on, where)
    assert day_of(begins, where) == on
    assert day_of(begins - timedelta(microseconds=1), where) == on - timedelta(days=1)
    hours = (starts_at(on + timedelta(days=1), where) - begins) / timedelta(hours=1)
    assert hours in (23, 24, 25)


def test_a_day_that_a_zone_left_out_has_no_instant() -> None:
    """Samoa went from 29 to 31 December 2011."""
    left_out, after = (starts_at(day(f"2011-12-{on}"), "Pacific/Apia") for on in (30, 31))
    assert left_out == after == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_customer_who_moves_has_no_hour_twice_and_none_too_few() -> None:
    """Paris until August, New York from September 2026: that month has 30 days and 6 hours."""
    begins = starts_at(day("2026-09-01"), "Europe/Paris")  # the old zone's
    ends = starts_at(day("2026-10-01"), "America/New_York")
    assert ends - begins == timedelta(days=30, hours=6)
    event = datetime(2026, 9, 1, 2, tzinfo=UTC)  # still August in New York
    assert begins <= event < ends


MOVED = zone_after("Europe/Paris", day("2026-09-01"), "America/New_York")


def test_zones_in_turn_share_the_instant_between_them() -> None:
    """August ends on 31 August 22:00 Z, September on 1 October 04:00 Z."""
    begins, ends = starts_at(day("2026-09-01"), MOVED), starts_at(day("2026-10-01"), MOVED)
    assert begins == datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert ends == datetime(2026, 10, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "on"),
    [
        ("2026-08-31T21:59", "2026-08-31"),
        ("2026-08-31T22:00", "2026-09-01"),
        ("2026-09-01T02:00", "2026-09-01"),  # still August in New York
        ("2026-09-02T03:59", "2026-09-01"),
        ("2026-09-02T04:00", "2026-09-02"),
        ("2026-10-01T03:59", "2026-09-30"),
    ],
)
def test_an_event_between_two_zones_has_one_day(at, on) -> None:
    assert day_of(datetime.fromisoformat(at).replace(tzinfo=UTC), MOVED) == day(on)


@given(st.integers(-4_000, 4_000), st.sampled_from(["Asia/Tokyo", "Pacific/Apia", "UTC"]))
def test_no_minute_is_lost_or_twice_where_zones_change(minutes, to) -> None:
    """A day holds exactly the instants from its own first to the next day's."""
    name = zone_after(MOVED, day("2026-10-01"), to)
    for turn in ("2026-09-01", "2026-10-01"):
        at = starts_at(day(turn), name) + timedelta(minutes=minutes)
        on = day_of(at, name)
        assert starts_at(on, name) <= at < starts_at(on + timedelta(days=1), name)


def test_the_25th_october_of_paris_is_one_day_of_25_hours() -> None:
    begins, ends = (starts_at(day(f"2026-10-{on}"), "Europe/Paris") for on in (25, 26))
    assert begins == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert ends == datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "to"),
    [
        ("2026-10-01", "Mars/Phobos"),
        ("2026-10-01", "America/New_York"),
        ("2026-09-01", "Asia/Tokyo"),
        ("2026-08-01", "Asia/Tokyo"),
    ],
)
def test_a_turn_that_makes_no_sense_is_refused(on, to) -> None:
    with pytest.raises(InvalidError, match="time_zone: expected"):
        zone_after(MOVED, day(on), to)


def test_an_instant_is_a_day_in_its_zone() -> None:
    at = datetime(2026, 9, 1, 2, tzinfo=UTC)
    assert day_of(at, "Europe/Paris") == day("2026-09-01")
    assert day_of(at, "America/New_York") == day("2026-08-31")


def test_a_local_time_that_the_clock_skips_is_taken_before_the_gap() -> None:
    found = instant_of(day("2027-03-28"), time(2, 30), "Europe/Paris")
    assert found == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Mars/Phobos", "", "../etc", "Europe"])
def test_a_zone_that_does_not_exist_is_refused(name) -> None:
    with pytest.raises(InvalidError, match="time_zone: expected an IANA zone"):
        zone(name)


AGAIN = zone_after(MOVED, day("2027-03-01"), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("at", "on"),
    [
        ("2026-08-31T21:59", "2026-08-31"),  # Paris is two hours ahead
        ("2026-09-02T04:00", "2026-09-02"),  # New York four behind
        ("2027-03-01T04:59", "2027-02-28"),  # then five: its March begins at 05:00
        ("2027-03-01T05:00", "2027-03-01"),
        ("2027-03-02T14:59", "2027-03-02"),  # Tokyo nine ahead
        ("2027-03-02T15:00", "2027-03-03"),
    ],
)
def test_three_zones_in_turn(at: str, on: str) -> None:
    assert day_of(datetime.fromisoformat(at).replace(tzinfo=UTC), AGAIN) == day(on)


def test_a_third_zone_comes_after_the_second() -> None:
    assert AGAIN == "Europe/Paris 2026-09-01 America/New_York 2027-03-01 Asia/Tokyo"
    for on in ("2026-12-01", "2027-03-01"):
        with pytest.raises(InvalidError, match="a day after the last turn"):
            zone_after(AGAIN, day(on), "Europe/Paris")
    assert zone_after(AGAIN, day("2027-03-02"), "Europe/Paris").endswith("2027-03-02 Europe/Paris")
