"""The value of a formula."""

from fractions import Fraction

import pytest

from solde.domain.errors import InvalidError
from solde.domain.expressions import evaluate, parse

INPUTS = {"a": Fraction(3), "b": Fraction(1, 3)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a * b", Fraction(1)),
        ("1 / 3", Fraction(1, 3)),  # nothing is rounded unless asked
        ("round(1 / 3, 2)", Fraction("0.33")),
        ("round(0 - 0.125, 2)", Fraction("-0.13")),  # half away from zero
        ("min(a, b)", Fraction(1, 3)),
        ("max(a, 4)", Fraction(4)),
        ("if(a > 2, 10, 20)", Fraction(10)),
        ("if(a > 2 and b > 2, 10, 20)", Fraction(20)),
        ("if(a > 2 or b > 2, 10, 20)", Fraction(10)),
        ("if(not a == 3, 10, 20)", Fraction(20)),
        ("if(a != 3, 10, if(a <= 3, 1, 2))", Fraction(1)),
        ("if(a < 3, 10, if(a >= 3, 1, 2))", Fraction(1)),
    ],
)
def test_values(text, value) -> None:
    assert evaluate(parse(text), INPUTS) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c", "expected a value for c, found none"),
        ("a / (a - 3)", "expected a divisor other than 0"),
        ("round(a, 13)", "expected 0 to 12 decimals, found 13"),
        ("round(a, b)", "expected 0 to 12 decimals, found 1/3"),
    ],
)
def test_what_has_no_value_is_refused(text, said) -> None:
    with pytest.raises(InvalidError, match=said):
        evaluate(parse(text), INPUTS)
