"""Every price model is reached by the one function, and gives rows that sum to its amount."""

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solde.domain.pricing import PriceModel, Quantity, exact_amount, price_quantity
from solde.domain.pricing.blocks import Block, BlockMode, Blocks
from solde.domain.pricing.capacity import Capacity, CapacityTier
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume

D = Decimal
TIERS = (Tier(D(5), D(2)), Tier(None, D(1)))
STEPS = (Tier(D(5), D(0), D(10)), Tier(None, D(0), D(30)))
QUANTITY = Quantity(
    D(8), ((("a",), D(3)), (("b",), D(5))), ((D(3), D("0.4")), (D(5), D("0.8"))), count=2
)
CASES = [
    (Flat(D(7)), "7"),
    (PerUnit(D("0.5")), "4"),  # 8 × 0.5
    (Graduated(TIERS), "13"),  # 5 × 2 + 3 × 1
    (Volume(TIERS), "8"),  # 8 × 1
    (Package(D(3), D(2)), "6"),  # three packages
    (Stairstep(STEPS), "30"),
    (Matrix(("k",), (Cell(("a",), D(1)),), D(2)), "13"),  # 3 × 1 + 5 × 2
    (Blocks(((Block("a", D(2), D(1)), Block("b", D(2), D(1))),)), "5"),  # two and three begun
    (Capacity((CapacityTier((("a", D(3)),), D(9)),)), "9"),
    (Percentage(D(10), D("0.25")), "1.3"),  # 10 % of 8 and 2 × 0.25
    (GraduatedPercentage((Tier(D(5), D(10)), Tier(None, D(1)))), "0.53"),  # 10 % of 5, 1 % of 3
    (Formula.of("quantity / 3"), "8/3"),
    (Carried(), "1.2"),  # 0.4 + 0.8
    (PerGroup(("k",), Graduated(TIERS)), "16"),  # 3 × 2, and 5 × 2
    (InUnits(Graduated(TIERS), "credit", "Credits", D("0.02")), "0.26"),  # 13 credits at 0.02
]


@pytest.mark.parametrize(("model", "expected"), CASES, ids=[type(one).__name__ for one, _ in CASES])
def test_what_a_quantity_costs(model, expected) -> None:
    found = price_quantity(model, QUANTITY)
    assert found.exact == exact_amount(model, QUANTITY) == Fraction(expected)
    assert sum(one.exact for one in found.steps) == found.exact


def test_no_model_is_left_out() -> None:
    models = {getattr(one, "__origin__", one) for one in get_args(PriceModel)}
    assert models == {type(model) for model, _ in CASES}


@given(total=st.decimals(0, 10**6, places=4, allow_nan=False))
def test_nothing_costs_nothing_and_more_never_less(total) -> None:
    for model in (Flat(D(7)), PerUnit(D("0.5")), Graduated(TIERS), Package(D(3), D(2))):
        assert exact_amount(model, Quantity(D(0))) == 0
        assert exact_amount(model, Quantity(total)) <= exact_amount(model, Quantity(total + 1))


BLOCKS = ((Block("a", D(2), D(2), most=5), Block("b", D(1), D(7))), (Block("a", D(9), D(3)),))
MORE = (
    Blocks(BLOCKS, BlockMode.TOP_TIER),
    Capacity((CapacityTier((("a", D(3)),), D(9)), CapacityTier((), D(30)))),
    Percentage(D(10), D("0.25"), free_events=1, minimum=D("0.1"), maximum=D(3)),
    Formula.of("max(1, quantity * count)"),
)
MIRRORED = [model for model, _ in CASES if not isinstance(model, Capacity)] + list(MORE)
parts = st.decimals(0, 10**6, places=4, allow_nan=False)


@given(first=parts, second=parts, model=st.sampled_from(MIRRORED))
def test_less_than_nothing_costs_the_mirror_image(first, second, model) -> None:
    """
    What a signed meter takes back, tiers included: price(−q) = −price(q) for each model (R7).

    Events of nothing are events all the same, and have no mirror image.
    """
    assume(first + second)
    quantity = Quantity(
        first + second, ((("a",), first), (("b",), second)), ((first, first), (second, second)), 2
    )
    back = price_quantity(model, quantity.mirrored())
    assert back.exact == -exact_amount(model, quantity)
    assert sum(one.exact for one in back.steps) == back.exact


def test_the_law_of_the_mirror_is_asked_of_every_model() -> None:
    assert {type(one) for one in MIRRORED} == {type(model) for model, _ in CASES}


def test_what_is_taken_back_is_shown_as_a_negative_quantity() -> None:
    found = price_quantity(Graduated(TIERS), Quantity(D(-8)))
    assert [(one.quantity, one.unit_amount) for one in found.steps] == [(-5, 2), (-3, 1)]
