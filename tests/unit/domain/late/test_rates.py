"""Half-years, the rates that count for them, and what is said where none is known."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.late import NoRateError, ReferenceRate, half_year, rate_of
from solde.domain.late.rates import next_half_year

RATES = [
    ReferenceRate(date(2026, 1, 1), Decimal("2.15"), "a"),
    ReferenceRate(date(2026, 7, 1), Decimal("2.40"), "b"),
]


@pytest.mark.parametrize(
    ("day", "begun", "following"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_a_day_lies_in_the_half_year_that_began_last(day, begun, following) -> None:
    assert half_year(day) == begun
    assert next_half_year(day) == following


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2026, 1, 1), "2.15"),
        (date(2026, 6, 30), "2.15"),
        (date(2026, 7, 1), "2.40"),
        (date(2026, 12, 31), "2.40"),
    ],
)
def test_the_rate_of_the_first_day_counts_for_the_half_year(day, percent) -> None:
    assert rate_of(day, RATES).percent == Decimal(percent)


@pytest.mark.parametrize(
    ("day", "missing"),
    [(date(2025, 12, 31), "2025-07-01"), (date(2027, 1, 1), "2027-01-01")],
)
def test_a_half_year_without_a_rate_is_named_and_none_is_carried_on(day, missing) -> None:
    with pytest.raises(NoRateError, match=f"half-year from {missing}") as refused:
        rate_of(day, RATES)
    assert refused.value.code == "no_reference_rate"


@pytest.mark.parametrize("percent", ["0", "100"])
def test_none_and_all_of_it_are_rates(percent) -> None:
    assert ReferenceRate(date(2026, 7, 1), Decimal(percent), "x").percent == Decimal(percent)


@pytest.mark.parametrize(
    ("from_on", "percent", "said"),
    [
        (date(2026, 7, 2), "2", "1 January or 1 July, found 2026-07-02"),
        (date(2026, 4, 1), "2", "found 2026-04-01"),
        (date(2026, 7, 1), "100.01", "found 100.01"),
        (date(2026, 7, 1), "-0.01", "found -0.01"),
    ],
)
def test_what_is_no_rate_of_a_half_year_cannot_be_made(from_on, percent, said) -> None:
    with pytest.raises(InvalidError, match=said):
        ReferenceRate(from_on, Decimal(percent), "x")
