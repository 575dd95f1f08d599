"""A percentage of each part of an amount."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.tiers import Tier

D = Decimal
PRICE = GraduatedPercentage((Tier(D(1000), D(3)), Tier(None, D("1.5"), D(2))))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "0"),
        ("500", "15"),
        ("1000", "30"),
        ("3000", "62"),  # 30.00 + 2.00 on entering + 1.5 % of 2,000.00
    ],
)
def test_each_part_at_its_own_percentage(amount, expected) -> None:
    assert exact_amount(PRICE, Quantity(D(amount))) == Fraction(expected)


def test_more_than_all_of_it_is_refused() -> None:
    with pytest.raises(InvalidError, match="percent: expected at most 100, found 101"):
        GraduatedPercentage((Tier(None, D(101)),))
