"""Amounts, rounding and splitting."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.money import (
    EXPONENTS,
    Leftover,
    Money,
    Rounding,
    currency,
    minor_of,
    money,
    rounded,
    rounded_to,
    split_evenly,
)

HALF, EVEN, UP, DOWN = Rounding.HALF_AWAY, Rounding.HALF_EVEN, Rounding.UP, Rounding.DOWN


@pytest.mark.parametrize(
    ("exact", "rounding", "whole"),
    [
        ("0.5", HALF, 1),
        ("-0.5", HALF, -1),  # a credit mirrors its charge
        ("1.5", HALF, 2),
        ("2.5", HALF, 3),
        ("2.4999", HALF, 2),
        ("0.5", EVEN, 0),
        ("1.5", EVEN, 2),
        ("-2.5", EVEN, -2),
        ("3.5", EVEN, 4),
        ("2.5001", EVEN, 3),
        ("0.0001", UP, 1),
        ("-0.0001", UP, -1),
        ("3", UP, 3),
        ("0.9999", DOWN, 0),
        ("-0.9999", DOWN, 0),
    ],
)
def test_rounding_to_a_whole_number(exact, rounding, whole) -> None:
    assert rounded(Fraction(exact), rounding) == whole


@pytest.mark.parametrize(
    ("exact", "code", "minor"),
    [
        ("12.345", "EUR", 1235),
        ("12.345", "KWD", 12345),
        ("12.5", "JPY", 13),
        ("0.00005", "CLF", 1),
        ("-12.345", "EUR", -1235),
    ],
)
def test_an_exact_amount_takes_the_decimals_of_its_currency(exact, code, minor) -> None:
    assert money(Fraction(exact), code, HALF) == Money(minor, code)
    ratio = Fraction(exact)
    assert minor_of(ratio.numerator * 7, ratio.denominator * 7, code) == minor


def test_a_rate_is_rounded_to_decimals() -> None:
    assert rounded_to(Fraction(407, 743) * 10, 4, HALF) == Decimal("5.4778")


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (10_00, [1, 1, 1], [3_34, 3_33, 3_33]),  # the unit left over goes to the first
        (-10_00, [1, 1, 1], [-3_34, -3_33, -3_33]),
        (5, [3, 7], [2, 3]),  # 1.5 and 3.5: a tie, the first gets it
        (15_00, [100_00, 49_99], [10_00, 5_00]),
        (1, [0, 5, 0], [0, 1, 0]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_a_split_goes_to_the_largest_remainders(minor, weights, parts) -> None:
    assert [one.minor for one in Money(minor, "EUR").split(weights)] == parts


@given(minor=st.integers(-(10**9), 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1))
def test_a_split_neither_makes_nor_loses_money(minor, weights) -> None:
    if not any(weights):
        return
    parts = Money(minor, "EUR").split(weights)
    assert sum(part.minor for part in parts) == minor
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(minor * weight, whole)) < 1
        assert weight or not part.minor


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [-1]])
def test_a_split_by_nothing_is_refused(weights) -> None:
    with pytest.raises(InvalidError, match="weights: expected >= 0 and not all 0"):
        Money(1, "EUR").split(weights)


@pytest.mark.parametrize(
    ("leftover", "parts"),
    [
        (Leftover.FIRST, [34, 33, 33]),
        (Leftover.LAST, [33, 33, 34]),
        (Leftover.SPREAD, [34, 33, 33]),
    ],
)
def test_equal_parts(leftover, parts) -> None:
    assert [one.minor for one in split_evenly(Money(0, "EUR"), 2, leftover)] == [0, 0]
    assert [one.minor for one in split_evenly(Money(7, "EUR"), 1, leftover)] == [7]
    assert [one.minor for one in split_evenly(Money(100, "EUR"), 3, leftover)] == parts
    back = split_evenly(Money(-100, "EUR"), 3, leftover)
    assert [one.minor for one in back] == [-part for part in parts]
    with pytest.raises(InvalidError, match="parts: expected at least 1, found 0"):
        split_evenly(Money(100, "EUR"), 0, leftover)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(InvalidError, match="currency: expected EUR, found USD"):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(InvalidError, match="expected an ISO 4217 code, found 'eur'"):
        currency("eur")
    assert currency("EUR") == "EUR"


@pytest.mark.parametrize(
    ("minor", "code", "said"),
    [(1230, "EUR", "12.30"), (1230, "JPY", "1230"), (-5, "KWD", "-0.005")],
)
def test_an_amount_as_people_write_it(minor, code, said) -> None:
    assert str(Money(minor, code).major) == said


def test_currencies_and_their_decimals_as_iso_4217_lists_them() -> None:
    none = " ".join(sorted(code for code, exponent in EXPONENTS.items() if exponent == 0))
    assert none == "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
    three = {code for code, exponent in EXPONENTS.items() if exponent == 3}
    assert three == {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
    assert {code for code, exponent in EXPONENTS.items() if exponent == 4} == {"CLF", "UYW"}
    two = [code for code, exponent in EXPONENTS.items() if exponent == 2]
    assert (len(two), two[0], two[-1]) == (133, "AED", "ZWG")
    assert {"XCG", "XAD", "VED"} <= set(two)  # in force since 2025, 2025 and 2021
    assert "ANG" not in EXPONENTS  # until 2025
    assert all(len(code) == 3 and code.isupper() for code in EXPONENTS)


def test_choices_are_stored_by_these_words() -> None:
    assert [one.value for one in Rounding] == ["half_away", "half_even", "up", "down"]
    assert [one.value for one in Leftover] == ["first", "last", "spread"]


def test_signs_and_order() -> None:
    assert Money(5, "EUR") + Money(-2, "EUR") == Money(3, "EUR")
    assert Money(5, "EUR") - Money(-2, "EUR") == Money(7, "EUR")
    assert not Money(2, "EUR") < Money(2, "EUR")
    assert not Money(3, "EUR") <= Money(2, "EUR")
    assert -Money(5, "EUR") == Money(-5, "EUR")
    assert abs(Money(-5, "EUR")) == Money(5, "EUR")
    assert Money(1, "EUR") < Money(2, "EUR") <= Money(2, "EUR")
    assert Money(100, "EUR").share(Fraction(1, 3), HALF) == Money(33, "EUR")
