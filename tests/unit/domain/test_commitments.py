"""Minimum with true-up, maximum as a discount, commitments by window."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.commitments import Limits, WindowCommitment, committed, limited, true_up
from solde.domain.errors import InvalidError
from solde.domain.money import Money


def usd(minor: int) -> Money:
    return Money(minor, "USD")


@pytest.mark.parametrize(
    ("eligible", "share", "expected"),
    [
        ([240_00], Fraction(1), 60_00),  # 300.00 − 240.00
        ([280_00], Fraction(1), 20_00),  # 40.00 came late
        ([310_00], Fraction(1), 0),
        ([], Fraction(12, 30), 120_00),  # active 12 of 30 days
        ([100_00, 15_50], Fraction(12, 30), 4_50),
        ([], Fraction(1, 7), 42_86),  # 42.857…
    ],
)
def test_a_true_up_fills_the_floor(eligible, share, expected) -> None:
    assert true_up(usd(300_00), map(usd, eligible), share=share) == usd(expected)


@pytest.mark.parametrize(
    ("before", "to_date", "closes", "expected"),
    [
        (0, 30_00, True, (50_00, 0, 20_00)),  # 30.00 and 20.00 to the minimum
        (0, 30_00, False, (30_00, 0, 0)),  # the period goes on
        (0, 160_00, True, (100_00, 60_00, 0)),
        (90_00, 160_00, True, (10_00, 60_00, 0)),  # 10.00 were left below the cap
        (120_00, 160_00, True, (0, 40_00, 0)),  # the cap was reached before
    ],
)
def test_spending_is_held_to_its_limits(before, to_date, closes, expected) -> None:
    limits = Limits(usd(50_00), usd(100_00))
    found = limited(limits, before=usd(before), to_date=usd(to_date), closes=closes)
    assert (found.net.minor, found.discount.minor, found.top_up.minor) == expected


def test_windows_pay_the_commitment_or_more() -> None:
    commitment = WindowCommitment(usd(10_00), Decimal("1.5"))
    assert committed(commitment, map(usd, (4_00, 10_00, 14_00))) == usd(36_00)  # 10 + 10 + 16
    loose = WindowCommitment(usd(10_00), Decimal("1.5"), trued_up=False)
    assert committed(loose, map(usd, (4_00, 10_00, 14_00))) == usd(30_00)  # 4 + 10 + 16


def test_limits_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidError, match=r"minimum: expected >= 0, found -0\.01"):
        Limits(usd(-1))
    with pytest.raises(InvalidError, match=r"maximum: expected at least 2\.00, found 1\.00"):
        Limits(usd(200), usd(100))
    with pytest.raises(InvalidError, match="amount and overage >= 0"):
        WindowCommitment(usd(-1))
