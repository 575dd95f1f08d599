"""Late interest by hand: days, rates, partial payments; and that cuts of the days add up."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.late import Owed, Settled, half_year, interest, last_late_on, stretches
from solde.domain.money import Money

DUE_ON = date(2026, 5, 31)
PERCENTS = {date(2026, 1, 1): Decimal("12.15"), date(2026, 7, 1): Decimal("12.40")}


def percent_on(day: date) -> Decimal:
    return PERCENTS[half_year(day)]


def owed(*settled: tuple[str, int], gross: int = 1_200_00) -> Owed:
    paid = [Settled(date.fromisoformat(on), minor) for on, minor in settled]
    return Owed(Money(gross, "EUR"), DUE_ON, paid)


class Case(NamedTuple):
    id: str
    settled: tuple[tuple[str, int], ...]
    through: str
    rows: list[tuple[int, int, str]]
    """Days, base in minor units, percent."""
    exact: Fraction


CASES = [
    # 1,200.00 × 12.15 % × 30/365 = 11.9835…, × 12.40 % × 46/365 = 18.7528…: 30.7364…
    Case(
        "the worked one",
        (("2026-08-15", 1_200_00),),
        "2026-08-15",
        [(30, 1_200_00, "12.15"), (46, 1_200_00, "12.40")],
        Fraction(1200 * 1215 * 30 + 1200 * 1240 * 46, 3_650_000),
    ),
    # the day of payment counts, the one after it does not
    Case(
        "paid on the first day",
        (("2026-06-01", 1_200_00),),
        "2026-06-20",
        [(1, 1_200_00, "12.15")],
        Fraction(1200 * 1215, 3_650_000),
    ),
    Case("paid on the due day", (("2026-05-31", 1_200_00),), "2026-06-20", [], Fraction(0)),
    Case("paid before", (("2026-05-02", 1_200_00),), "2026-06-20", [], Fraction(0)),
    # 700.00 come on 15 June: 15 days of 1,200.00, then 15 of 500.00, then 46 of 500.00
    Case(
        "paid in parts",
        (("2026-06-15", 700_00), ("2026-08-15", 500_00)),
        "2026-09-30",
        [(15, 1_200_00, "12.15"), (15, 500_00, "12.15"), (46, 500_00, "12.40")],
        Fraction(1200 * 1215 * 15 + 500 * 1215 * 15 + 500 * 1240 * 46, 3_650_000),
    ),
    # 200.00 of it were paid before it was due
    Case(
        "a part in time",
        (("2026-05-10", 200_00),),
        "2026-06-10",
        [(10, 1_000_00, "12.15")],
        Fraction(1000 * 1215 * 10, 3_650_000),
    ),
    # paid on 5 June, taken back by the bank on 20 June: 5 days, none for 15, then 10
    Case(
        "charged back",
        (("2026-06-05", 1_200_00), ("2026-06-20", -1_200_00)),
        "2026-06-30",
        [(5, 1_200_00, "12.15"), (10, 1_200_00, "12.15")],
        Fraction(1200 * 1215 * 15, 3_650_000),
    ),
    Case(
        "two payments on one day are one",
        (("2026-06-10", 600_00), ("2026-06-10", 600_00)),
        "2026-06-30",
        [(10, 1_200_00, "12.15")],
        Fraction(1200 * 1215 * 10, 3_650_000),
    ),
    Case("not late yet", (), "2026-05-31", [], Fraction(0)),
    # the last day is the first of a half-year, or the one after a payment
    Case(
        "a half-year of one day",
        (),
        "2026-07-01",
        [(30, 1_200_00, "12.15"), (1, 1_200_00, "12.40")],
        Fraction(1200 * 1215 * 30 + 1200 * 1240, 3_650_000),
    ),
    Case(
        "a part on the day before the last",
        (("2026-06-09", 200_00),),
        "2026-06-10",
        [(9, 1_200_00, "12.15"), (1, 1_000_00, "12.15")],
        Fraction(1200 * 1215 * 9 + 1000 * 1215, 3_650_000),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_days_amounts_and_rates(case: Case) -> None:
    found = stretches(owed(*case.settled), date.fromisoformat(case.through), percent_on)
    rows = [(one.days.days, one.base.minor, str(one.percent)) for one in found]
    assert rows == case.rows
    assert interest(found) == case.exact


@pytest.mark.parametrize(
    ("settled", "through", "last"),
    [
        ((), "2026-05-31", None),
        ((), "2026-06-01", "2026-06-01"),
        ((("2026-05-31", 1_200_00),), "2026-09-01", None),
        ((("2026-06-01", 1_200_00),), "2026-09-01", "2026-06-01"),
        ((("2026-06-15", 700_00), ("2026-08-15", 500_00)), "2026-09-01", "2026-08-15"),
        ((("2026-06-15", 700_00), ("2026-08-15", 500_00)), "2026-08-14", "2026-08-14"),
        ((("2026-06-15", 700_00),), "2026-09-01", "2026-09-01"),
        ((("2026-06-05", 1_200_00), ("2026-06-20", -1_00)), "2026-06-20", "2026-06-05"),
        ((("2026-06-05", 1_200_00), ("2026-06-20", -1_00)), "2026-06-21", "2026-06-21"),
    ],
)
def test_the_last_late_day_is_that_of_payment_at_the_latest(settled, through, last) -> None:
    found = last_late_on(owed(*settled), date.fromisoformat(through))
    assert (found.isoformat() if found else None) == last


def test_a_year_of_366_days_costs_more_than_one_of_365() -> None:
    """365 days at 10 % are 10 %; from 1 January 2028 they end on 30 December."""
    one = Owed(Money(100_00, "EUR"), date(2027, 12, 31), ())
    found = stretches(one, date(2028, 12, 30), lambda _: Decimal(10))
    assert interest(found) == 10
    found = stretches(one, date(2028, 12, 31), lambda _: Decimal(10))
    assert interest(found) == 10 + Fraction(10, 365)


days = st.integers(-20, 200).map(lambda number: DUE_ON + timedelta(days=number))
payments = st.lists(st.tuples(days, st.integers(1, 500_00)), max_size=6)
OPENED = DUE_ON + timedelta(days=201)


@given(payments=payments, cut=st.integers(0, 201))
def test_any_cut_of_the_days_adds_up(payments, cut) -> None:
    """What is open on a day and its rate are all that counts: cut where one will."""
    one = Owed(Money(1_200_00, "EUR"), DUE_ON, [Settled(*paid) for paid in payments])
    at = DUE_ON + timedelta(days=cut)
    later = Owed(one.gross, at, one.settled)
    parts = interest(stretches(one, at, percent_on)), interest(stretches(later, OPENED, percent_on))
    assert sum(parts) == interest(stretches(one, OPENED, percent_on))


@given(payments=payments)
def test_it_is_the_sum_of_the_days_one_by_one(payments) -> None:
    one = Owed(Money(1_200_00, "EUR"), DUE_ON, [Settled(*paid) for paid in payments])
    expected, day = Fraction(0), DUE_ON + timedelta(days=1)
    while day <= OPENED:
        left = 1_200_00 - sum(minor for on, minor in payments if on < day)
        percent = Fraction("12.15") if day < date(2026, 7, 1) else Fraction("12.40")
        expected += Fraction(max(left, 0), 100) * percent / 36_500
        day += timedelta(days=1)
    assert interest(stretches(one, OPENED, percent_on)) == expected


@given(payments=payments, more=st.tuples(days, st.integers(1, 500_00)))
def test_who_pays_more_never_owes_more(payments, more) -> None:
    before = Owed(Money(1_200_00, "EUR"), DUE_ON, [Settled(*paid) for paid in payments])
    after = Owed(before.gross, DUE_ON, [*before.settled, Settled(*more)])
    assert interest(stretches(after, OPENED, percent_on)) <= interest(
        stretches(before, OPENED, percent_on)
    )
