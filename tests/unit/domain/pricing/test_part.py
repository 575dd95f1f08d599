"""A part of the count costs what its position says, and the parts of one price sum to the whole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.part import Part, by_total, price_part
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume

D = Decimal


def bands(*prices: str, flat: str = "0") -> tuple[Tier, ...]:
    first, second, rest = map(D, prices)
    return (
        Tier(D(100), first, D(flat)),
        Tier(D(200), second, D(flat)),
        Tier(None, rest, D(flat)),
    )


OLD, NEW = bands("1.00", "0.80", "0.50"), bands("1.10", "0.90", "0.60")
STEPS = (Tier(D(100), D(0), D(10)), Tier(None, D(0), D(25)))
BLOCKS = ((Block("a", D(10), D(2), most=5),), (Block("a", D(100), D(15)),))


def counted(total: int) -> Quantity:
    return Quantity(D(total), ((("a",), D(total)),), count=1)


def part(before: int | None, after: int, total: int) -> Part:
    return Part(counted(after), None if before is None else counted(before), counted(total))


PARTS = [
    # 80 units at the old price, then 60 at the new one
    (Graduated(OLD), None, 80, "80"),
    (Graduated(NEW), 80, 140, "58"),  # 20 × 1.10 + 40 × 0.90
    (Volume(OLD), None, 80, "64"),  # the period reaches the second band: 80 × 0.80
    (Volume(NEW), 80, 140, "54"),  # 60 × 0.90
    (PerUnit(D("0.5")), 80, 140, "30"),
    (Package(D(100), D(9)), 80, 140, "9"),  # the first was begun before
    (Stairstep(STEPS), 80, 140, "15"),  # 25 less the 10 of the first step
    (Flat(D(7)), None, 80, "7"),
    (Flat(D(7)), 80, 140, "0"),  # nobody pays it twice
    (Blocks(BLOCKS), 45, 140, "15"),  # five blocks of ten were begun: one of a hundred
    (Blocks(BLOCKS, BlockMode.TOP_TIER), 80, 140, "15"),  # the second hundred
    (Volume(bands("1", "1", "1", flat="5")), 80, 140, "60"),  # its flat was due with the first
    (PerGroup(("k",), Volume(NEW)), 80, 140, "54"),
    (PerGroup(("k",), Volume(OLD)), None, 80, "64"),  # its group reaches 140, the second band
    (Blocks(BLOCKS, BlockMode.TOP_TIER), 40, 140, "15"),  # one of a hundred, then the second
    (InUnits(Graduated(NEW), "credit", "Credits", D("0.02")), 80, 140, "1.16"),  # 58 at 0.02
]


@pytest.mark.parametrize(("model", "before", "after", "expected"), PARTS)
def test_what_a_part_costs(model, before, after, expected) -> None:
    found = price_part(model, part(before, after, 140))
    assert found.exact == Fraction(expected)
    assert sum(one.exact for one in found.steps) == found.exact


def test_the_rows_are_those_of_the_part() -> None:
    found = price_part(Graduated(NEW), part(80, 140, 140))
    assert [(one.quantity, one.unit_amount) for one in found.steps] == [
        (20, D("1.10")),
        (40, D("0.90")),
    ]
    of_group = price_part(
        PerGroup(("k",), Graduated(bands("1", "1", "1", flat="3"))), part(None, 50, 50)
    )
    assert [one.label for one in of_group.steps] == ["a/flat", "a"]
    # what was entered before is entered no more, and no row of nothing is left of it
    (one,) = price_part(
        Graduated(bands("1.10", "0.90", "0.60", flat="3")), part(120, 140, 140)
    ).steps
    assert (one.quantity, one.unit_amount, one.label) == (20, D("0.90"), "")
    (one,) = price_part(Volume(NEW), part(80, 140, 140)).steps
    assert (one.quantity, one.unit_amount) == (60, D("0.90"))


MODELS = (
    Flat(D(7)),
    PerUnit(D("0.335")),
    Graduated(bands("1.00", "0.80", "0.50", flat="3")),
    Graduated(bands("1.00", "0.80", "0.50", flat="3"), flat_at_zero=True),
    Volume(bands("1.00", "0.80", "0.50", flat="3")),
    Volume(bands("1.00", "0.80", "0.50", flat="3"), flat_at_zero=True),
    Package(D(7), D("0.99")),
    Stairstep(STEPS),
    Stairstep(STEPS, flat_at_zero=True),
    Blocks(BLOCKS),
    Blocks(BLOCKS, BlockMode.TOP_TIER),
    Capacity((CapacityTier((("a", D(50)),), D(9)), CapacityTier((), D(20)))),
    Matrix(("k",), (Cell(("a",), D("0.7")),), D(2)),
    Formula.of("quantity / 3"),
    PerGroup(("k",), Volume(OLD)),
)


@given(
    model=st.sampled_from(MODELS),
    counts=st.lists(st.integers(-400, 400), min_size=1, max_size=6),
)
def test_any_cut_of_one_price_sums_to_the_price_uncut(model, counts) -> None:
    """Also where a signed meter counts backwards, or through zero."""
    total = counts[-1]
    befores: list[int | None] = [None, *counts[:-1]]
    parts = [
        price_part(model, part(before, after, total))
        for before, after in zip(befores, counts, strict=True)
    ]
    assert sum(one.exact for one in parts) == exact_amount(model, counted(total))
    for one in parts:
        assert sum(step.exact for step in one.steps) == one.exact


@pytest.mark.parametrize(
    ("model", "waits"),
    [
        (Volume(OLD), True),
        (PerGroup(("k",), Volume(OLD)), True),
        (Blocks(BLOCKS, BlockMode.TOP_TIER), True),
        (Blocks(BLOCKS), False),
        (Graduated(OLD), False),
        (PerGroup(("k",), Graduated(OLD)), False),
        (PerUnit(D(1)), False),
    ],
)
def test_which_prices_wait_for_the_end_of_the_count(model, waits: bool) -> None:
    assert by_total(model) is waits


def test_a_formula_that_came_to_nothing_before_is_all_of_it_now() -> None:
    price = Formula.of("quantity - 80")
    assert price_part(price, part(80, 140, 140)).exact == 60
    assert price_part(price, part(100, 140, 140)).exact == 40  # 60 less 20


def test_a_group_without_a_total_is_priced_by_its_own_count() -> None:
    """80 are in the first band: 80 × 1.00."""
    found = price_part(PerGroup(("k",), Volume(OLD)), Part(counted(80), None, None))
    assert found.exact == 80


def test_nothing_counted_of_any_unit_costs_nothing() -> None:
    nothing = Quantity(D(0))
    price = Blocks(BLOCKS[1:], BlockMode.TOP_TIER)
    assert price_part(price, Part(nothing, nothing, nothing)) == (0, ())
