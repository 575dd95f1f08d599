"""The lowest tier that holds every unit."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.capacity import Capacity, CapacityTier

D = Decimal
PRICE = Capacity(
    (
        CapacityTier((("user", D(5)), ("gb", D(10))), D(20)),
        CapacityTier((("user", D(50)),), D(80)),
    )
)


def used(**units: str) -> Quantity:
    return Quantity(D(0), tuple(((unit,), D(part)) for unit, part in units.items()))


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (used(user="5", gb="10"), 20),
        (used(user="5", gb="10.1"), 80),  # the second tier does not limit gb
        (used(user="6"), 80),
        (used(user="0"), 0),
    ],
)
def test_the_lowest_tier_that_holds_it_all(quantity, expected) -> None:
    assert exact_amount(PRICE, quantity) == Fraction(expected)


def test_what_no_tier_holds_is_not_clipped() -> None:
    with pytest.raises(InvalidError, match="expected what the last tier holds"):
        exact_amount(PRICE, used(user="51"))
