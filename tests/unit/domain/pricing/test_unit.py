"""What a unit is worth: values by currency and day, none twice, none of nothing."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.unit import PricingUnit, Value

JANUARY, JULY = date(2027, 1, 1), date(2027, 7, 1)


def value(currency: str = "EUR", on: date = JANUARY, amount: str = "0.02") -> Value:
    return Value(currency, on, Decimal(amount))


def unit(*values: Value) -> PricingUnit:
    return PricingUnit("credit", 1, "Credits", values)


def test_values_are_told_by_currency() -> None:
    euro, later, dollar = value(), value(on=JULY, amount="0.03"), value("USD")
    found = unit(euro, dollar, later)
    assert found.values_in("EUR") == [euro, later]
    assert found.values_in("USD") == [dollar]
    assert found.currencies == ["EUR", "USD"]
    with pytest.raises(InvalidError, match=r"a value in one of \['EUR', 'USD'\], found GBP"):
        found.values_in("GBP")


NONSENSE = [
    ((), "/values", "expected at least one"),
    ((value(amount="0"),), "/values/0/amount", "expected more than 0, found 0"),
    ((value(), value(amount="-1", on=JULY)), "/values/1/amount", "found -1"),
    ((value(), value()), "/values/1/from_on", "a day after 2027-01-01 for EUR, found 2027-01-01"),
    ((value(on=JULY), value()), "/values/1/from_on", "a day after 2027-07-01"),
]


@pytest.mark.parametrize(("values", "pointer", "said"), NONSENSE)
def test_values_that_make_no_sense(values, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        unit(*values)
    assert refused.value.pointer == pointer
