"""Tiers counted in blocks."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
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
