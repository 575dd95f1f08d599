"""Days, cycles from their anchor, and instants at the edge of a zone's days."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.periods import (
    Cycle,
    Period,
    Unit,
    invoice_day,
    month_after,
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


@pytest.mark.parametrize(
    ("anchor", "unit", "count", "numbers"),
    [
        ("2027-01-31", Unit.MONTH, 1, {"2027-01-30": -1, "2027-02-27": 0, "2027-02-28": 1}),
        ("2027-01-31", Unit.MONTH, 3, {"2026-10-30": -2, "2026-10-31": -1, "2028-04-30": 5}),
        ("2027-11-15", Unit.MONTH, 2, {"2027-11-14": -1, "2028-01-14": 0, "2028-01-15": 1}),
        ("2027-01-15", Unit.MONTH_LAST_DAY, 1, {"2027-02-27": 0, "2027-02-28": 1}),
        ("2027-01-04", Unit.WEEK, 1, {"2027-01-03": -1, "2027-01-10": 0, "2027-03-29": 12}),
        ("2027-01-04", Unit.WEEK, 2, {"2027-01-17": 0, "2027-01-18": 1, "2026-12-20": -2}),
        ("2027-12-30", Unit.DAY, 1, {"2027-12-29": -1, "2028-01-02": 3}),
        ("2027-12-30", Unit.DAY, 7, {"2028-01-05": 0, "2028-01-06": 1, "2027-12-22": -2}),
        ("2028-02-29", Unit.YEAR, 1, {"2029-02-27": 0, "2029-02-28": 1, "2032-02-28": 3}),
        ("2028-02-29", Unit.YEAR, 2, {"2030-02-27": 0, "2030-02-28": 1, "2026-02-27": -2}),
    ],
)
def test_the_number_of_the_period_that_holds_a_day(anchor, unit, count, numbers) -> None:
    cycle = Cycle(unit, count, day(anchor))
    assert {on: cycle.number_at(day(on)) for on in numbers} == numbers


def test_the_units_are_stored_by_these_words() -> None:
    words = ["day", "week", "month", "month_last_day", "year"]
    assert [one.value for one in Unit] == words


def test_periods_up_to_a_day_that_begins_one_leave_that_out() -> None:
    cycle = Cycle(Unit.MONTH, 1, day("2027-01-15"))
    found = list(cycle.periods(Period(day("2027-01-15"), day("2027-02-15"))))
    assert found == [Period(day("2027-01-15"), day("2027-02-15"))]


JUNE = Period(day("2027-06-01"), day("2027-07-01"))


@pytest.mark.parametrize(
    ("start", "end", "common"),
    [
        ("2027-06-10", "2027-06-20", ("2027-06-10", "2027-06-20")),
        ("2027-06-01", "2027-07-01", ("2027-06-01", "2027-07-01")),
        ("2027-05-10", "2027-06-20", ("2027-06-01", "2027-06-20")),
        ("2027-06-10", "2027-07-20", ("2027-06-10", "2027-07-01")),
        ("2027-05-10", "2027-07-20", ("2027-06-01", "2027-07-01")),
        ("2027-05-01", "2027-06-01", None),
        ("2027-07-01", "2027-07-02", None),
        ("2027-06-30", "2027-07-02", ("2027-06-30", "2027-07-01")),
    ],
)
def test_the_days_that_two_periods_share(start, end, common) -> None:
    other = Period(day(start), day(end))
    wanted = Period(*map(day, common)) if common else None
    assert JUNE.common(other) == other.common(JUNE) == wanted
    if wanted == other:
        assert JUNE.common(other) is other  # no new value is made of what lies within


def test_a_share_is_of_the_whole_of_another_period() -> None:
    assert Period(day("2027-06-15"), day("2027-07-01")).share_of(JUNE) == Fraction(16, 30)


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
        ("2027-06-15", 14, "2027-07-14"),
        ("2027-01-30", 29, "2027-02-28"),
        ("2027-06-30", 31, "2027-06-30"),
    ],
)
def test_the_first_invoice_day_on_or_after(on, day_of_month, billed) -> None:
    assert invoice_day(day(on), day_of_month) == day(billed)


def test_weeks_are_billed_on_the_first_invoice_day_after_they_ended() -> None:
    """Weeks from Monday 4 January in arrears, billed on the 31st, or a month's last day."""
    weeks, found = Cycle(Unit.WEEK, 1, day("2027-01-04")), {}
    for number in range(12):
        week = weeks.period(number)
        billed_on = invoice_day(week.end_on, 31).isoformat()
        found.setdefault(billed_on, []).append(f"{week.start_on:%m-%d}")
    assert found == {
        "2027-01-31": ["01-04", "01-11", "01-18"],
        "2027-02-28": ["01-25", "02-01", "02-08", "02-15"],
        "2027-03-31": ["02-22", "03-01", "03-08", "03-15", "03-22"],
    }


@given(
    anchor=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    months=st.integers(-600, 600),
    last_day=st.booleans(),
)
def test_a_billing_day_never_drifts(anchor, months, last_day) -> None:
    """It lies in the month that is meant, on the anchor's day, or on the last if there is none."""
    found = month_after(anchor, months, last_day=last_day)
    assert (found.year * 12 + found.month) - (anchor.year * 12 + anchor.month) == months
    is_last = (found + timedelta(days=1)).day == 1
    assert is_last if last_day else found.day == anchor.day or (found.day < anchor.day and is_last)


@given(on=st.dates(date(2000, 1, 1), date(2060, 12, 31)), number=st.integers(1, 31))
def test_an_invoice_day_is_never_before_and_at_most_a_month_later(on, number) -> None:
    found = invoice_day(on, number)
    assert on <= found < month_after(on.replace(day=1), 2)
    assert invoice_day(found, number) == found


def test_months_do_not_drift() -> None:
    assert month_after(day("2027-01-31"), -2) == day("2026-11-30")
    assert month_after(day("2027-01-31"), 13) == day("2028-02-29")
