"""Amounts converted at a dated rate, rounded once."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.tax import Exchange

ON = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("base", "quoted", "rate", "amount", "converted"),
    [
        ("EUR", "USD", "1.0842", 47_38, 43_70),  # 43.7004…
        ("EUR", "USD", "1.0842", -47_38, -43_70),
        ("EUR", "JPY", "163.45", 1_000, 6_12),  # 1,000 ÷ 163.45 = 6.118…
        ("EUR", "KWD", "0.333", 1_000, 3_00),  # 1.000 ÷ 0.333 = 3.003…
        ("JPY", "EUR", "0.0061", 6_12, 1_003),  # 6.12 ÷ 0.0061 = 1003.27…
    ],
)
def test_an_amount_is_converted(base, quoted, rate, amount, converted) -> None:
    exchange = Exchange(base, quoted, ON, Decimal(rate), "ECB")
    assert exchange.converted(Money(amount, quoted)) == Money(converted, base)


@pytest.mark.parametrize(
    ("base", "quoted", "rate", "said"),
    [
        ("EUR", "EUR", "1", "currency: expected another than EUR"),
        ("EUR", "XXX", "1", "expected an ISO 4217 code, found 'XXX'"),
        ("EUR", "USD", "0", "rate: expected one above 0, found 0"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(base, quoted, rate, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        Exchange(base, quoted, ON, Decimal(rate), "ECB")


def test_both_must_be_currencies() -> None:
    for base, quoted in (("XXA", "USD"), ("EUR", "XXA")):
        with pytest.raises(InvalidError, match="expected an ISO 4217 code, found 'XXA'"):
            Exchange(base, quoted, date(2027, 1, 1), Decimal("1.1"), "ECB")
