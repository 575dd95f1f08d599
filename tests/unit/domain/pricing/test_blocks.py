"""Tiers counted in blocks."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount, price_quantity
from solde.domain.pricing.blocks import Block, BlockMode, Blocks

D = Decimal
TIERS = (
    (Block("call", D(10), D(2), most=5), Block("gb", D(1), D(7))),
    (Block("call", D(100), D(15)),),
)


def used(**units: str) -> Quantity:
    return Quantity(D(0), tuple(((unit,), D(part)) for unit, part in units.items()))


@pytest.mark.parametrize(
    ("quantity", "all_tiers", "top_tier"),
    [
        (used(call="1"), 2, 2),  # a block begun
        (used(call="50"), 10, 10),  # five blocks of ten
        (used(call="51"), 25, 15),  # 10 + one block of a hundred; all in one block of a hundred
        (used(call="151"), 40, 30),  # 10 + 2 × 15; 2 × 15
        (used(call="10", gb="0.5"), 9, 9),  # 2 + 7
        (used(call="0"), 0, 0),
        (used(), 0, 0),
    ],
)
def test_what_blocks_cost(quantity, all_tiers, top_tier) -> None:
    assert exact_amount(Blocks(TIERS), quantity) == Fraction(all_tiers)
    assert exact_amount(Blocks(TIERS, BlockMode.TOP_TIER), quantity) == Fraction(top_tier)


def test_a_unit_without_a_price_is_not_given_away() -> None:
    with pytest.raises(InvalidError, match="unit: expected one with a price, found 'sms'"):
        exact_amount(Blocks(TIERS), used(sms="1"))


def test_blocks_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidError, match="size: expected above 0, found 0"):
        Block("call", D(0), D(1))
    with pytest.raises(InvalidError, match="amount >= 0"):
        Block("call", D(1), D(-1))
    with pytest.raises(InvalidError, match="tiers: expected at least one"):
        Blocks(())


THREE = (
    (Block("call", D(10), D(2), most=3),),
    (Block("call", D(5), D(3), most=2),),
    (Block("call", D(100), D(15), most=1),),
)
"""30 in blocks of 10, 10 more in blocks of 5, and any number of hundreds: the last has no end."""


@pytest.mark.parametrize(
    ("quantity", "all_tiers", "top_tier"),
    [
        (used(call="30"), 6, 6),  # 3 × 2
        (used(call="31"), 9, 21),  # 6 + 3; seven blocks of 5
        (used(call="40"), 12, 24),  # 6 + 2 × 3; eight blocks of 5
        (used(call="41"), 27, 15),  # 12 + 15; one hundred
        (used(call="241"), 57, 45),  # 12 + 3 × 15, though the tier says 1; three hundreds
        (used(call="-31"), -9, -21),  # what a signed meter takes back is the mirror image
    ],
)
def test_three_tiers_of_blocks(quantity, all_tiers, top_tier) -> None:
    assert exact_amount(Blocks(THREE), quantity) == Fraction(all_tiers)
    assert exact_amount(Blocks(THREE, BlockMode.TOP_TIER), quantity) == Fraction(top_tier)


def test_the_walk_ends_with_the_last_block() -> None:
    found = price_quantity(Blocks(THREE), used(call="40"))
    rows = [(one.quantity, one.unit_amount, one.label) for one in found.steps]
    assert rows == [(3, 2, "call"), (2, 3, "call")]


def test_modes_are_stored_by_these_words() -> None:
    assert [one.value for one in BlockMode] == ["all_tiers", "top_tier"]


def test_a_free_block_and_a_tier_of_one_are_no_mistake() -> None:
    assert Block("call", D(1), D(0), most=1).most == 1
    with pytest.raises(InvalidError, match="a most >= 1"):
        Block("call", D(1), D(1), most=0)
