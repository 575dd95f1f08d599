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


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (used(gb="1"), 20),  # no user at all has room in every tier
        (used(user="-5"), -20),  # less than nothing is the mirror image
        (used(user="-6", gb="-1"), -80),
        (used(user="-1", gb="3"), 20),  # below nothing beside others needs no room
        (used(user="1"), 20),
        (used(user="0.5"), 20),
    ],
)
def test_units_that_are_not_there_or_below_nothing(quantity, expected) -> None:
    assert exact_amount(PRICE, quantity) == Fraction(expected)


def test_a_unit_that_is_not_there_needs_no_room() -> None:
    none_of_it = Capacity((CapacityTier((("user", D(0)),), D(7)), CapacityTier((), D(9))))
    assert exact_amount(none_of_it, used(gb="1")) == 7
    assert exact_amount(none_of_it, used(user="1")) == 9


def test_a_tier_that_is_free_is_no_mistake() -> None:
    free = Capacity((CapacityTier((("user", D(1)),), D(0)),))
    assert exact_amount(free, used(user="1")) == 0


@pytest.mark.parametrize(
    ("tiers", "pointer"),
    [
        ((), "/tiers"),
        ((CapacityTier((), D(1)), CapacityTier((), D("-0.01"))), "/tiers/1"),
        ((CapacityTier((("user", D(-1)),), D(1)),), "/tiers/0"),
    ],
)
def test_tiers_that_make_no_sense_are_refused(tiers, pointer) -> None:
    with pytest.raises(InvalidError, match="tiers: expected") as refused:
        Capacity(tiers)
    assert refused.value.pointer == pointer
