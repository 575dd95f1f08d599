"""Amounts that events bring with them."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.pricing import Quantity, exact_amount, price_quantity
from solde.domain.pricing.carried import Carried

D = Decimal


def test_the_amounts_are_added_and_the_units_are_only_told() -> None:
    rows = ((D(3), D("1.205")), (D(4), D("-0.2")))
    assert exact_amount(Carried(), Quantity(D(7), values=rows, count=2)) == Fraction("1.005")
    assert exact_amount(Carried(), Quantity(D(0))) == 0


def test_the_walk_says_that_the_amount_was_carried() -> None:
    (step,) = price_quantity(Carried(), Quantity(D(3), values=((D(3), D("1.20")),))).steps
    assert (step.quantity, step.unit_amount, step.label) == (D(1), D("1.20"), "carried")
