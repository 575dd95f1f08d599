"""Amounts as PayPal writes them; what cannot be is refused, never rounded."""

import pytest

from solde.adapters.paypal.money import money, text
from solde.domain.money import Money


@pytest.mark.parametrize(
    ("value", "code", "minor"),
    [
        ("12.30", "EUR", 12_30),
        ("12.3", "EUR", 12_30),
        ("12", "EUR", 12_00),
        ("0.05", "USD", 5),
        ("-3.40", "EUR", -3_40),
        ("500", "JPY", 500),
        ("500.00", "JPY", 500),
        ("1200", "HUF", 1200_00),
    ],
)
def test_read(value, code, minor) -> None:
    assert money({"value": value, "currency_code": code}) == Money(minor, code)


def test_the_older_form() -> None:
    assert money({"total": "7.47", "currency": "USD"}) == Money(7_47, "USD")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12.345", "EUR"),
        ("500.5", "JPY"),
        ("1e3", "EUR"),
        ("1,000.00", "EUR"),
        ("", "EUR"),
        (" 1", "EUR"),
        ("１", "EUR"),
        ("NaN", "EUR"),
        ("1.00", "XXX"),
    ],
)
def test_refused(value, code) -> None:
    with pytest.raises(ValueError, match="expected"):
        money({"value": value, "currency_code": code})


@pytest.mark.parametrize(
    ("minor", "code", "value"),
    [(12_30, "EUR", "12.30"), (5, "USD", "0.05"), (500, "JPY", "500"), (1200_00, "HUF", "1200")],
)
def test_written(minor, code, value) -> None:
    assert text(Money(minor, code)) == {"currency_code": code, "value": value}
