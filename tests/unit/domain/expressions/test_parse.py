"""Formulas read, and refused with place, expected and found."""

import pytest

from solde.domain.errors import InvalidError
from solde.domain.expressions import evaluate, parse

REFUSED = [
    ("", "expected a number or a name at 1, found the end"),
    ("1 +", "expected a number or a name at 4, found the end"),
    ("1 2", r"expected the end at 3, found 2"),
    ("(1", r"expected \) at 3, found the end"),
    ("1 + (a > b)", r"expected \) at 8, found >"),
    ("if(a, 1, 2)", r"expected < or <= or > or >= or == or != at 5, found ,"),
    ("min(1)", r"expected , at 6, found \)"),
    ("a.b", "expected a number, a name or a sign at 2"),
    ("__import__('os')", "found 'os'|expected"),
    ("1e5", "expected the end at 2, found e5"),
    ("and", "expected a number or a name at 1, found and"),
    ("(" * 41 + "1" + ")" * 41, "expected at most 40 levels"),
    ("1" + "+1" * 600, "expected at most 1000 signs, found 1201"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_is_no_formula_is_refused(text, said) -> None:
    with pytest.raises(InvalidError, match=said):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 3 - 2", 5),
        ("12 / 3 / 2", 2),
        ("-2 * -3", 6),
        ("  1.50*2 ", 3),
    ],
)
def test_operators_bind_as_in_arithmetic(text, value) -> None:
    assert evaluate(parse(text), {}) == value
