"""Days, cycles from their anchor, and instants at the edge of a zone's days."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.periods import (
    Cycle,
    Period,
    Unit,
    day_of,
    instant_of,
    invoice_day,
    month_after,
    starts_at,
    zone,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("anchor", "unit", "count", "starts"),
    [
        ("2027-01-31", Unit.MONTH, 1, "2027-01-31 2027-02-28 2027-03-31 2027-04-30"),
        ("2028-01-30", Unit.MONTH, 1, "2028-01-30 2028-02-29 2028-03-30"),
        ("2028-02-29", Unit.YEAR, 1, "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
        ("2027-11-30", Unit.MONTH, 3, "2027-11-30 2028-02-29 2028-05-30"),
        ("2027-01-15", Unit.MONTH_LAST_DAY, 1, "2027-01-31 2027-02-28 2027-03-31"),
        ("2027-01-04", Unit.WEEK, 2, "2027-01-04 2027-01-18 2027-02-01"),
        ("2027-12-30", Unit.DAY, 1, "2027-12-30 2027-12-31 2028-01-01"),
    ],
)
def test_periods_are_counted_from_the_anchor(anchor, unit, count, starts) -> None:
    cycle = Cycle(unit, count, day(anchor))
    assert [cycle.start(number).isoformat() for number in range(len(starts.split()))] == (
        starts.split()
    )


@given(
    anchor=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    unit=st.sampled_from(Unit),
    count=st.integers(1, 14),
    number=st.integers(-50, 50),
)
def test_a_day_lies_in_the_period_that_its_number_names(anchor, unit, count, number) -> None:
    cycle = Cycle(unit, count, anchor)
    period = cycle.period(number)
    assert cycle.number_at(period.start_on) == number
    assert cycle.number_at(period.last_on) == number
    assert cycle.period(number + 1).start_on == period.end_on


def test_periods_that_share_a_day_with_a_span() -> None:
    cycle = Cycle(Unit.MONTH, 1, day("2027-01-15"))
    found = list(cycle.periods(Period(day("2027-02-14"), day("2027-03-16"))))
    assert [(one.start_on.isoformat(), one.end_on.isoformat()) for one in found] == [
        ("2027-01-15", "2027-02-15"),
        ("2027-02-15", "2027-03-15"),
        ("2027-03-15", "2027-04-15"),
    ]


def test_half_open_days() -> None:
    june = Period(day("2027-06-01"), day("2027-07-01"))
    assert (june.days, june.last_on) == (30, day("2027-06-30"))
    assert day("2027-06-01") in june
    assert day("2027-07-01") not in june
    assert june.common(Period(day("2027-07-01"), day("2027-08-01"))) is None
    overlap = june.common(Period(day("2027-06-20"), day("2027-08-01")))
    assert overlap == Period(day("2027-06-20"), day("2027-07-01"))
    with pytest.raises(InvalidError, match="expected an end after 2027-06-01"):
        Period(day("2027-06-01"), day("2027-06-01"))
    with pytest.raises(InvalidError, match="expected a count of at least 1, found 0"):
        Cycle(Unit.MONTH, 0, day("2027-06-01"))


@pytest.mark.parametrize(
    ("on", "day_of_month", "billed"),
    [
        ("2027-06-15", 0, "2027-06-15"),  # every day
        ("2027-06-15", 15, "2027-06-15"),
        ("2027-06-15", 1, "2027-07-01"),
        ("2027-02-10", 31, "2027-02-28"),
        ("2027-12-31", 1, "2028-01-01"),
    ],
)
def test_the_first_invoice_day_on_or_after(on, day_of_month, billed) -> None:
    assert invoice_day(day(on), day_of_month) == day(billed)


def test_months_do_not_drift() -> None:
    assert month_after(day("2027-01-31"), -2) == day("2026-11-30")
    assert month_after(day("2027-01-31"), 13) == day("2028-02-29")


@pytest.mark.parametrize(
    ("on", "where", "at"),
    [
        ("2026-10-25", "Europe/Paris", "2026-10-24T22:00"),  # the day has 25 hours
        ("2026-10-26", "Europe/Paris", "2026-10-25T23:00"),
        ("2026-09-01", "Europe/Paris", "2026-08-31T22:00"),
        ("2026-10-01", "America/New_York", "2026-10-01T04:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00"),  # no midnight: 01:00 is first
        ("2027-06-01", "UTC", "2027-06-01T00:00"),
    ],
)
def test_the_first_instant_of_a_local_day(on, where, at) -> None:
    found = starts_at(day(on), where)
    assert found == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert day_of(found, where) == day(on)


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
