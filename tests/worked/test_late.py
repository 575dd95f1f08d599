"""Worked scenario 19: late interest of two half-years, and forty euros once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.late import Owed, Settled, half_year, interest, stretches
from solde.domain.money import Money, Rounding, money
from tests.support.late_paper import drafted, late

PERCENTS = {date(2026, 1, 1): Decimal("12.15"), date(2026, 7, 1): Decimal("12.40")}


def test_19_interest_of_two_half_years_is_rounded_once() -> None:
    """1,200.00 × 12.15 % × 30/365 = 11.9835…, 1,200.00 × 12.40 % × 46/365 = 18.7528…"""
    paid = Settled(date(2026, 8, 15), 1_200_00)
    owed = Owed(Money(1_200_00, "EUR"), date(2026, 5, 31), (paid,))
    found = stretches(owed, date(2026, 8, 15), lambda day: PERCENTS[half_year(day)])
    assert [(one.days.days, one.percent) for one in found] == [
        (30, Decimal("12.15")),
        (46, Decimal("12.40")),
    ]
    exact = interest(found)
    assert Fraction("30.7364") < exact < Fraction("30.7365")
    assert money(exact, "EUR", Rounding.HALF_AWAY) == Money(30_74, "EUR")


def test_19_the_document_charges_it_with_forty_euros() -> None:
    totals = drafted(late(("2026-08-15", 1_200_00)), "2026-08-20")["totals"]
    assert (totals["gross"], totals["tax"]) == (30_74 + 40_00, 0)
