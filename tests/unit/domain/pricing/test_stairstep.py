"""One price for the step that is reached."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing import Quantity, exact_amount, price_quantity
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import Tier

D = Decimal
STEPS = (Tier(D(10), D(0), D(100)), Tier(D(50), D(0), D(300)), Tier(None, D(0), D(900)))


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("0", 0), ("1", 100), ("10", 100), ("10.5", 300), ("50", 300), ("51", 900)],
)
def test_the_step_that_is_reached(quantity, expected) -> None:
    assert exact_amount(Stairstep(STEPS), Quantity(D(quantity))) == Fraction(expected)


def test_nothing_used_may_pay_the_first_step_by_policy() -> None:
    assert exact_amount(Stairstep(STEPS, flat_at_zero=True), Quantity(D(0))) == 100


def test_a_step_has_no_price_per_unit() -> None:
    with pytest.raises(InvalidError, match="unit_amount: expected 0 on a step, found 1"):
        Stairstep((Tier(None, D(1), D(100)),))


def test_the_walk_is_one_step() -> None:
    (one,) = price_quantity(Stairstep(STEPS), Quantity(D(12))).steps
    assert (one.quantity, one.unit_amount) == (1, 300)
    assert price_quantity(Stairstep(STEPS), Quantity(D(0))).steps == ()
    with pytest.raises(InvalidError) as refused:
        Stairstep((STEPS[0], Tier(None, D(1), D(9))))
    assert refused.value.pointer == "/tiers/1/unit_amount"
