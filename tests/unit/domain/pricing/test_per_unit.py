"""So much a unit: exact, however fine the price."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.pricing import Quantity
from solde.domain.pricing.per_unit import PerUnit, price_per_unit

D = Decimal


@pytest.mark.parametrize(
    ("amount", "quantity", "expected"),
    [
        ("3.20", "3", "9.6"),  # 3 m³ of gas
        ("0.335", "3", "1.005"),  # rounded only on the line, to 1.01
        ("0.0000123456", "1234567", "15.2414703552"),  # 15.24
        ("19.6", "12345.678", "241975.2888"),  # water by the litre
        ("9.99", "0", "0"),
        ("5.00", "-4", "-20"),  # a signed meter mirrors its price
    ],
)
def test_price_times_quantity(amount, quantity, expected) -> None:
    found = price_per_unit(PerUnit(D(amount)), Quantity(D(quantity)))
    assert found.exact == Fraction(expected)
