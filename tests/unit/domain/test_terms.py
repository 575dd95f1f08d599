"""Due dates and payments in parts."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.terms import Part, PartKind, Terms, TermsKind, installments

END, ON_DAY = TermsKind.END_OF_MONTH, TermsKind.DAY_OF_MONTH


@pytest.mark.parametrize(
    ("terms", "issued", "due"),
    [
        (Terms(days=30), "2027-01-31", "2027-03-02"),
        (Terms(days=0), "2027-01-31", "2027-01-31"),
        (Terms(END, days=45), "2027-01-10", "2027-03-17"),  # 31 January and 45 days
        (Terms(ON_DAY, day=15), "2027-01-10", "2027-01-15"),
        (Terms(ON_DAY, day=15), "2027-01-16", "2027-02-15"),
        (Terms(ON_DAY, day=31), "2027-02-10", "2027-02-28"),
        (Terms(ON_DAY, day=15, cut_off_day=5), "2027-01-06", "2027-02-15"),
    ],
)
def test_the_last_day_in_time(terms, issued, due) -> None:
    assert terms.due_on(date.fromisoformat(issued)) == date.fromisoformat(due)


def test_parts_sum_to_the_whole() -> None:
    parts = [
        Part(PartKind.PERCENT_OF_TOTAL, percent=Decimal(30)),
        Part(PartKind.PERCENT_OF_REMAINDER, percent=Decimal(50), months=1, set_day=31),
        Part(PartKind.FIXED, Money(10_00, "EUR"), months=2, days=5),
        Part(PartKind.REMAINDER, months=3),
    ]
    found = installments(Money(100_01, "EUR"), date(2027, 1, 31), parts)
    assert [(on.isoformat(), one.minor) for on, one in found] == [
        ("2027-01-31", 30_00),  # 30.003
        ("2027-02-28", 35_01),  # 35.005 of 70.01
        ("2027-04-05", 10_00),
        ("2027-04-30", 25_00),
    ]


def test_parts_that_leave_something_are_refused() -> None:
    with pytest.raises(InvalidError, match=r"expected 100\.00 in all, 70\.00 are left"):
        installments(
            Money(100_00, "EUR"),
            date(2027, 1, 1),
            [Part(PartKind.PERCENT_OF_TOTAL, percent=Decimal(30))],
        )
    with pytest.raises(InvalidError, match="expected an amount for a fixed part"):
        installments(Money(1, "EUR"), date(2027, 1, 1), [Part(PartKind.FIXED)])
    with pytest.raises(InvalidError, match="expected days >= 0"):
        Terms(days=-1)
