"""Quantities, and the exact rows that lead to an amount."""

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.pricing.quantity import (
    Quantity,
    Step,
    computed,
    mirrored,
    negated,
    priced,
    ratio,
    step,
)

D = Decimal
decimals = st.decimals(-(10**9), 10**9, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("total", "free", "left"),
    [(150, 30, 120), (30, 30, 0), (20, 30, 0), (1, 1, 0), (0, 5, 0), (-20, 30, -20)],
)
def test_free_units_come_first(total, free, left) -> None:
    """A credit has none."""
    assert Quantity(D(total)).less(D(free)).total == left


@given(rows=st.lists(st.tuples(decimals, decimals), max_size=6))
def test_rows_sum_to_the_amount_exactly(rows) -> None:
    found = priced(*(step(quantity, amount) for quantity, amount in rows))
    assert found.exact == sum(Fraction(one) * Fraction(each) for one, each in rows)
    assert found.exact == sum(one.exact for one in found.steps)


def test_what_a_formula_gives_may_be_no_decimal() -> None:
    third = computed(D(7), Fraction(1, 3), "formula")
    assert third.exact == Fraction(1, 3)
    assert priced(third, step(D(2), D("0.5"))).exact == Fraction(4, 3)


SUMS = [
    ((), "0"),
    ((step(D(2), D(3)),), "6"),
    ((step(D(2), D(3)), step(D(4), D(5))), "26"),
    ((computed(D(7), Fraction(1, 3), "formula"),), "1/3"),
    ((step(D(2), D(3)), computed(D(7), Fraction(1, 3), "formula")), "19/3"),
]


@pytest.mark.parametrize(("rows", "exact"), SUMS)
def test_one_row_or_several_come_to_their_sum(rows, exact) -> None:
    found = priced(*rows)
    assert (found.exact, found.steps) == (Fraction(exact), rows)


def test_what_is_not_said_is_nothing() -> None:
    assert Quantity(D(1)) == Quantity(D(1), (), (), 0)
    assert Step(D(2), D(3), D(6)).label == ""


def test_nothing_used_is_left_as_it_is() -> None:
    nothing = Quantity(D(0), count=3)
    assert nothing.less(D(5)) is nothing


def test_less_than_nothing_costs_as_much_as_above_it_turned_round() -> None:
    found = negated(lambda above: priced(step(above.total, D(2), "each")), Quantity(D(-3)))
    assert found == (Fraction(-6), (Step(D(-3), D(2), D(-6), "each"),))


def test_a_hundred_digits_are_exact_and_one_more_is_refused() -> None:
    """(10⁴⁹ + 1)² has 99 digits, (10⁵⁰ + 1)² has 101."""
    held, more = D(10**49 + 1), D(10**50 + 1)
    assert step(held, held).product == D(10**98 + 2 * 10**49 + 1)
    with pytest.raises(Inexact):
        step(more, more)


def test_a_product_that_would_be_rounded_is_an_error() -> None:
    long = D("1." + "3" * 60)
    with pytest.raises(Inexact):
        step(long, long)


def test_a_ratio_is_exact() -> None:
    assert ratio(D(1), D("0.3")) == Fraction(10, 3)


def test_the_other_side_of_zero_has_all_that_there_is() -> None:
    one = Quantity(D(3), ((("a",), D(3)),), ((D(1), D(-2)),), 2)
    other = Quantity(D(-3), ((("a",), D(-3)),), ((D(-1), D(2)),), 2)
    assert one.mirrored() == other
    assert other.mirrored() == one


def test_the_row_of_a_formula_is_one_of_its_outcome() -> None:
    row = computed(D(7), Fraction(1, 3), "formula")
    assert (row.quantity, row.unit_amount, row.product, row.label) == (7, 1, 1, "formula")
    back = mirrored(row)
    assert (back.quantity, back.outcome, back.exact) == (-7, Fraction(-1, 3), Fraction(-1, 3))
    assert (step(D(2), D(3)).label, mirrored(step(D(2), D(3))).exact) == ("", -6)
