"""Anchors, calendar alignment, days of invoicing."""

from datetime import date

import pytest

from solde.domain.billing_days import (
    Timing,
    aligned_cycle,
    anniversary_cycle,
    calendar_cycle,
    cycle_like,
    first_billing_day,
    invoicing_day,
)
from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle, Period, Unit


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "anchor", "unit", "count", "first"),
    [
        ("2027-03-10", 10, Unit.MONTH, 1, "2027-03-10"),
        ("2027-03-10", 20, Unit.MONTH, 1, "2027-03-20"),
        ("2027-03-10", 5, Unit.MONTH, 1, "2027-04-05"),
        ("2027-03-10", 5, Unit.MONTH, 3, "2027-06-05"),
        ("2027-03-10", 5, Unit.YEAR, 1, "2028-03-05"),
        ("2027-02-10", 31, Unit.MONTH, 1, "2027-02-28"),
        ("2027-03-10", 1, Unit.WEEK, 1, "2027-03-10"),
    ],
)
def test_the_first_aligned_day(start, anchor, unit, count, first) -> None:
    assert first_billing_day(day(start), anchor, unit, count) == day(first)


def test_a_cycle_keeps_its_anchor_behind_a_short_month() -> None:
    cycle = aligned_cycle(day("2027-02-10"), 31, Unit.MONTH, 1)
    number = cycle.number_at(day("2027-02-10"))
    found = [cycle.period(number + more) for more in range(3)]
    assert [one.start_on.isoformat() for one in found] == ["2027-01-31", "2027-02-28", "2027-03-31"]


def test_a_cycle_of_29_february_finds_its_leap_year() -> None:
    cycle = aligned_cycle(day("2027-02-10"), 29, Unit.YEAR, 1)
    starts = [cycle.start(cycle.number_at(day("2027-03-01")) + more) for more in range(2)]
    assert [one.isoformat() for one in starts] == ["2027-02-28", "2028-02-29"]


@pytest.mark.parametrize(
    ("on", "unit", "count", "start", "end"),
    [
        ("2027-05-17", Unit.MONTH, 1, "2027-05-01", "2027-06-01"),
        ("2027-05-17", Unit.MONTH, 3, "2027-04-01", "2027-07-01"),  # second quarter
        ("2027-05-17", Unit.MONTH, 6, "2027-01-01", "2027-07-01"),
        ("2027-05-17", Unit.YEAR, 1, "2027-01-01", "2028-01-01"),
        ("2027-05-19", Unit.WEEK, 1, "2027-05-17", "2027-05-24"),  # Monday
        ("2027-05-17", Unit.DAY, 2, "2027-05-17", "2027-05-19"),
    ],
)
def test_the_calendar_cuts_the_periods(on, unit, count, start, end) -> None:
    cycle = calendar_cycle(day(on), unit, count)
    assert cycle.period(cycle.number_at(day(on))) == Period(day(start), day(end))


@pytest.mark.parametrize(
    ("first", "start", "unit", "count", "periods"),
    [
        # the same interval: the very cycle, its 31st too
        (
            (Unit.MONTH, 1, "2027-01-31"),
            *("2027-02-10", Unit.MONTH, 1),
            ["2027-01-31", "2027-02-28", "2027-03-31"],
        ),
        # months and years share the day of the month
        (
            (Unit.MONTH, 1, "2027-01-15"),
            *("2027-02-20", Unit.MONTH, 3),
            ["2027-02-15", "2027-05-15", "2027-08-15"],
        ),
        (
            (Unit.YEAR, 1, "2026-05-15"),
            *("2027-02-20", Unit.MONTH, 1),
            ["2027-02-15", "2027-03-15", "2027-04-15"],
        ),
        (
            (Unit.MONTH_LAST_DAY, 1, "2027-01-31"),
            *("2027-02-10", Unit.MONTH, 3),
            ["2026-11-30", "2027-02-28", "2027-05-31"],
        ),
        # Mondays: the first full pair of weeks begins on the next of them
        (
            (Unit.WEEK, 1, "2027-01-04"),
            *("2027-02-10", Unit.WEEK, 2),
            ["2027-02-01", "2027-02-15", "2027-03-01"],
        ),
        (
            (Unit.WEEK, 2, "2027-01-04"),
            *("2027-02-15", Unit.WEEK, 1),
            ["2027-02-15", "2027-02-22", "2027-03-01"],
        ),
    ],
)
def test_a_cycle_like_another_begins_its_periods_with_it(
    first, start, unit, count, periods
) -> None:
    of, every, anchor = first
    cycle = cycle_like(Cycle(of, every, day(anchor)), day(start), unit, count)
    number = cycle.number_at(day(start))
    assert [f"{cycle.start(number + more)}" for more in range(3)] == periods


@pytest.mark.parametrize(
    ("first", "unit", "count", "said"),
    [
        ((Unit.WEEK, 1), Unit.MONTH, 1, "a plan by 1 week, .*found one by 1 month"),
        ((Unit.MONTH, 1), Unit.DAY, 10, "a plan by 1 month, .*found one by 10 day"),
        ((Unit.WEEK, 2), Unit.WEEK, 3, "a plan by 2 week, .*found one by 3 week"),
    ],
)
def test_intervals_without_common_days_are_refused(first, unit, count, said) -> None:
    with pytest.raises(InvalidError, match=said):
        cycle_like(Cycle(*first, day("2027-01-04")), day("2027-02-10"), unit, count)


@pytest.mark.parametrize(
    ("timing", "offset", "on"),
    [
        (Timing.ADVANCE, 0, "2027-06-01"),
        (Timing.ADVANCE, -7, "2027-05-25"),
        (Timing.ARREARS, 0, "2027-06-30"),  # the last day
        (Timing.ARREARS, 1, "2027-07-01"),
    ],
)
def test_the_day_of_invoicing(timing, offset, on) -> None:
    assert invoicing_day(Period(day("2027-06-01"), day("2027-07-01")), timing, offset) == day(on)


@pytest.mark.parametrize(
    ("start", "paid", "unit", "count", "keeps_day", "starts"),
    [
        ("2028-01-30", "2028-02-29", Unit.MONTH, 1, False, ["2028-02-29", "2028-03-29"]),
        # R6: yearly 28 Feb 2029, and back to the 29th in a leap year
        (
            "2028-01-30",
            "2028-02-29",
            Unit.YEAR,
            1,
            False,
            ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
        ),
        ("2028-01-31", "2028-02-29", Unit.MONTH, 1, True, ["2028-02-29", "2028-03-31"]),
        ("2028-01-31", "2028-02-29", Unit.YEAR, 1, True, ["2028-02-29", "2029-02-28"]),
        ("2028-01-10", "2028-02-07", Unit.WEEK, 1, True, ["2028-02-07", "2028-02-14"]),
    ],
)
def test_the_anniversary_is_that_of_the_first_paid_day(
    start, paid, unit, count, keeps_day, starts
) -> None:
    paid_on = date.fromisoformat(paid)
    cycle = anniversary_cycle(date.fromisoformat(start), paid_on, unit, count, keeps_day=keeps_day)
    first = cycle.number_at(paid_on)
    found = [cycle.start(first + place).isoformat() for place in range(len(starts))]
    assert found == starts
