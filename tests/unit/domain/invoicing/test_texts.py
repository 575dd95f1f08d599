"""Numbers as documents write them, and read back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.invoicing.texts import exact_text, plain

D = Decimal


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("-0", "0"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1.2E-7", "0.00000012"),
        ("-3.100", "-3.1"),
    ],
)
def test_a_number_has_no_exponent_and_no_idle_zeros(number, said) -> None:
    assert plain(D(number)) == said


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ("3", "3"),
        ("-1/4", "-0.25"),
        ("1/3", "1/3"),
        ("1/2", "0.5"),
        ("1/5", "0.2"),
        ("7/40", "0.175"),
        ("-10656/1000", "-10.656"),
        ("65536000000000001/65536", "1000000000000.0000152587890625"),  # more than 28 digits
    ],
)
def test_an_exact_amount_is_a_decimal_where_it_ends(exact, said) -> None:
    assert exact_text(Fraction(exact)) == said


@given(exact=st.fractions(max_denominator=10**6))
def test_an_exact_amount_comes_back_from_its_text(exact) -> None:
    assert Fraction(exact_text(exact)) == exact


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=8))
def test_a_number_comes_back_from_its_text(number) -> None:
    assert D(plain(number)) == number
    assert "E" not in plain(number)
