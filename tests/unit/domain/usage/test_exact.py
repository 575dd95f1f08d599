from decimal import Decimal, Inexact

import pytest

from solde.domain.usage.exact import EXACT, decimal_value, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3.20", Decimal("3.20")),
        ("-0.000000000001", Decimal("-0.000000000001")),
        ("999999999999999.999999999999", Decimal("999999999999999.999999999999")),
        (7, Decimal(7)),
        (-999_999_999_999_999, Decimal(-999999999999999)),
        (10**15, None),
        ("1000000000000000", None),
        ("0.0000000000001", None),
        ("1e5", None),
        ("1e999999999", None),
        ("NaN", None),
        ("Infinity", None),
        ("1_0", None),
        ("１２", None),
        (" 12 ", None),
        ("+1", None),
        (".5", None),
        ("5.", None),
        ("", None),
        (3.2, None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_which_values_are_decimals(value, expected):
    assert decimal_value(value) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("0.00", "0"), ("-0", "0"), ("-2.0", "-2")],
)
def test_a_decimal_is_written_in_one_way(value, text):
    assert plain(Decimal(value)) == text


def test_what_does_not_fit_is_an_error_and_not_rounded():
    with pytest.raises(Inexact):
        EXACT.add(Decimal("1E+60"), Decimal("1E-60"))
