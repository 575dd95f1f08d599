"""Amounts in other currencies are read as they were written."""

from decimal import Decimal

from solde.domain.pricing.flat import Flat
from solde.domain.pricing.in_currency import InCurrency
from solde.domain.pricing.ramp import RampStep
from solde.storage.pricing import currencies_from_item, currencies_to_item

FLAT = Flat(Decimal("75.00"))
OTHERS = (InCurrency("USD", FLAT), InCurrency("JPY", FLAT, (RampStep(FLAT, 3),)))


def test_currencies_there_and_back() -> None:
    rows = currencies_to_item(OTHERS)
    said = {"model": "flat", "amount": "75.00"}
    assert rows == [
        {"currency": "USD", "model": said},
        {"currency": "JPY", "model": said, "ramp": [{"after_months": 3, "model": said}]},
    ]
    assert currencies_from_item(rows) == OTHERS
    assert currencies_from_item(()) == ()
