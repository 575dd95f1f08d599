"""A price by the values of dimensions, and one for all that is not listed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.matrix import Cell, Matrix, price_matrix

D = Decimal
REGIONS = Matrix(("region",), (Cell(("eu",), D(2)), Cell(("us",), D(3))), D(5))
SIZES = Matrix(
    ("region", "size"), (Cell(("eu", "s"), D("0.01")), Cell(("eu", "l"), D("0.025"))), D(0)
)


def cells(**parts: str) -> Quantity:
    found = tuple((tuple(name.split("_")), D(part)) for name, part in parts.items())
    return Quantity(sum((part for _, part in found), D(0)), found)


def test_each_combination_has_its_price_and_the_rest_the_default() -> None:
    found = price_matrix(REGIONS, cells(asia="1", eu="2", us="3"))
    assert found.exact == 18  # 5 + 4 + 9
    assert [(one.label, one.exact) for one in found.steps] == [("asia", 5), ("eu", 4), ("us", 9)]


def test_two_dimensions_are_one_combination() -> None:
    found = price_matrix(SIZES, cells(eu_s="300", eu_l="10", us_s="7"))
    assert found.exact == Fraction("3.25")  # 3.00 + 0.25, and the rest is free
    assert [one.label for one in found.steps] == ["eu/s", "eu/l", "us/s"]


@given(parts=st.dictionaries(st.sampled_from(("eu", "us", "asia")), st.integers(0, 10**6)))
def test_cells_priced_apart_sum_to_all_of_them(parts) -> None:
    whole = cells(**{name: str(part) for name, part in parts.items()})
    apart = [exact_amount(REGIONS, cells(**{name: str(part)})) for name, part in parts.items()]
    assert exact_amount(REGIONS, whole) == sum(apart)


def test_each_combination_is_named_once_and_whole() -> None:
    with pytest.raises(InvalidError, match="expected 1 values, found 2"):
        Matrix(("a",), (Cell(("x", "y"), D(1)),), D(0))
    with pytest.raises(InvalidError, match="expected each combination once"):
        Matrix(("a",), (Cell(("x",), D(1)), Cell(("x",), D(2))), D(0))


def test_a_mistake_is_pointed_at_where_it_stands() -> None:
    with pytest.raises(InvalidError) as refused:
        Matrix(("a",), (Cell(("x",), D(1)), Cell((), D(1))), D(0))
    assert refused.value.pointer == "/cells/1/values"
