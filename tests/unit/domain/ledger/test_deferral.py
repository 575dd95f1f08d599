"""Deferred revenue: what each month earns, what credits take first, and that all is earned once."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.ledger import Deferral, deferrals_of, entry_of_document, entry_of_release
from solde.domain.ledger.deferral import account_of
from solde.domain.periods import Period, month_after

YEAR = Period(date(2026, 11, 15), date(2027, 11, 15))
ANNUAL = Deferral("706", "487", 1_200_00, YEAR)


def earned(one: Deferral, issued_on: date, month: date) -> int:
    until = month_after(month, 1)
    entry = entry_of_release("EUR", [one], issued_on=issued_on, since=month, until=until)
    return -sum(row.minor for row in entry.postings if row.account == one.revenue)


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        (date(2026, 11, 1), 52_60),  # 1,200.00 x 16/365 = 52.602…
        (date(2026, 12, 1), 101_92),  # x 47/365 = 154.520… less 52.60
        (date(2027, 1, 1), 101_92),  # x 78/365 = 256.438… less 154.52
        (date(2027, 2, 1), 92_05),  # x 106/365 = 348.493… (348.49) less 256.44
        (date(2027, 11, 1), 46_03),  # x 365/365 = 1,200.00 less x 351/365 = 1,153.97
        (date(2027, 12, 1), 0),
    ],
)
def test_a_year_is_released_by_days(month: date, amount: int) -> None:
    assert earned(ANNUAL, date(2026, 11, 15), month) == amount


def test_at_the_end_of_the_year_the_rest_is_deferred() -> None:
    """1,200.00 less 52.60 and 101.92."""
    assert ANNUAL.minor - ANNUAL.earned_before(date(2027, 1, 1)) == 1_045_48


@pytest.mark.parametrize(
    ("issued_on", "month", "amount"),
    [
        # Issued on 1 January for days since 15 November: the first month takes what is past.
        (date(2027, 1, 1), date(2027, 1, 1), 256_44),
        (date(2027, 1, 1), date(2027, 2, 1), 92_05),
        # Issued before its days begin: nothing yet.
        (date(2026, 10, 20), date(2026, 10, 1), 0),
        (date(2026, 10, 20), date(2026, 11, 1), 52_60),
        # Issued after all its days.
        (date(2028, 1, 3), date(2028, 1, 1), 1_200_00),
        (date(2028, 1, 3), date(2028, 2, 1), 0),
    ],
)
def test_the_month_of_issue_takes_what_earlier_days_earned(
    issued_on: date, month: date, amount: int
) -> None:
    assert earned(ANNUAL, issued_on, month) == amount


def test_a_credit_takes_what_is_still_deferred_and_then_what_was_earned() -> None:
    """60.00 of June, given back in June; then 92.00 of June to August, given back in July."""
    june = Deferral("706", "487", -60_00, Period(date(2026, 6, 1), date(2026, 7, 1)))
    assert earned(june, date(2026, 6, 16), date(2026, 6, 1)) == -60_00
    summer = Deferral("706", "487", -92_00, Period(date(2026, 6, 1), date(2026, 9, 1)))
    assert earned(summer, date(2026, 7, 10), date(2026, 7, 1)) == -61_00  # 61 of 92 days
    assert earned(summer, date(2026, 7, 10), date(2026, 8, 1)) == -31_00


def test_the_first_close_takes_all_months_before_it() -> None:
    """Books that were never closed: by the end of January 78 of 365 days are earned."""
    since, until = date.min, date(2027, 2, 1)
    entry = entry_of_release(
        "EUR", [ANNUAL], issued_on=date(2026, 11, 15), since=since, until=until
    )
    assert {one.account: one.minor for one in entry.postings} == {"487": 256_44, "706": -256_44}


@given(
    minor=st.integers(-10_000_000, 10_000_000),
    start_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 1200),
    late=st.integers(-400, 400),
)
def test_what_is_released_sums_to_what_was_deferred(
    minor: int, start_on: date, days: int, late: int
) -> None:
    service = Period(start_on, start_on + timedelta(days=days))
    one = Deferral("706", "487", minor, service)
    issued_on = start_on + timedelta(days=late)
    first = issued_on.replace(day=1)
    months = [month_after(first, number) for number in range(60)]
    assert sum(earned(one, issued_on, month) for month in months) == minor


def line(**over: Any) -> dict[str, Any]:
    service = {"start_on": "2026-11-15", "end_on": "2027-11-15", "last_on": "2027-11-14"}
    return {"account": "706", "deferred": "487", "net": 1_200_00, "service": service, **over}


def document(*lines: dict[str, Any], kind: str = "invoice") -> dict[str, Any]:
    net = sum(one["net"] for one in lines)
    return {
        "kind": kind,
        "currency": "EUR",
        "lines": list(lines),
        "taxes": [],
        "totals": {"gross": net},
        "envelope": {"issued_on": "2026-11-15"},
    }


def test_a_line_waits_only_while_days_to_come_are_beyond_its_month() -> None:
    served = {"start_on": "2026-11-01", "end_on": "2026-12-01", "last_on": "2026-11-30"}
    beyond = {**served, "end_on": "2026-12-02", "last_on": "2026-12-01"}
    on = date(2026, 11, 15)
    assert account_of(line(service=served), on) == "706"
    assert account_of(line(service=beyond), on) == "487"
    plain = line(service=beyond)
    del plain["deferred"]
    assert account_of(plain, on) == "706"


def test_a_document_books_what_waits_apart_and_says_how_long() -> None:
    whole = document(line(), line(net=300_00), line(net=50_00, service=_days("2026-10")))
    moved = {one.account: one.minor for one in entry_of_document(whole).postings}
    assert moved == {"411": 1_550_00, "487": -1_500_00, "706": -50_00}
    assert deferrals_of(whole) == (Deferral("706", "487", 1_500_00, YEAR),)


def test_a_credit_note_defers_less() -> None:
    note = document(line(), kind="credit_note")
    moved = {one.account: one.minor for one in entry_of_document(note).postings}
    assert moved == {"411": -1_200_00, "487": 1_200_00}
    assert deferrals_of(note) == (Deferral("706", "487", -1_200_00, YEAR),)


def test_lines_that_cancel_each_other_defer_nothing() -> None:
    assert deferrals_of(document(line(), line(net=-1_200_00))) == ()


def _days(month: str) -> dict[str, str]:
    return {"start_on": f"{month}-01", "end_on": f"{month}-31", "last_on": f"{month}-30"}
