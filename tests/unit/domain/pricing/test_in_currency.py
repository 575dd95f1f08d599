"""Amounts in other currencies: each told once, the same things at the same times."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.in_currency import InCurrency, checked_currencies
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep

ONE = PerUnit(Decimal(1))
EURO = InCurrency("EUR", ONE)
RAMPED = InCurrency("EUR", ONE, (RampStep(ONE, 3, mid_period=True),))


def dollar(*ramp: RampStep, model=ONE) -> InCurrency:
    return InCurrency("USD", model, ramp)


SENSIBLE = [
    (EURO, []),
    (EURO, [dollar(), InCurrency("GBP", PerUnit(Decimal(2)))]),
    (RAMPED, [dollar(RampStep(Flat(Decimal(1)), 3, mid_period=True))]),
]


@pytest.mark.parametrize(("first", "others"), SENSIBLE)
def test_currencies_that_go_together(first, others) -> None:
    checked_currencies(first, others)


NONSENSE = [
    (EURO, [EURO], "/currencies/0/currency", "each once, found EUR again"),
    (EURO, [dollar(), dollar()], "/currencies/1/currency", "each once, found USD again"),
    (
        EURO,
        [dollar(model=Flat(Decimal(1)))],
        "/currencies/0/model",
        "expected perunit as in EUR, found flat",
    ),
    (EURO, [dollar(RampStep(ONE, 3))], "/currencies/0/ramp", "after 3 months"),
    (RAMPED, [dollar()], "/currencies/0/ramp", r"after 3 months \(mid period\).*found \[\]"),
    (RAMPED, [dollar(RampStep(ONE, 3))], "/currencies/0/ramp", r"found \['after 3 months'\]"),
    (
        RAMPED,
        [dollar(RampStep(ONE, from_on=date(2027, 1, 1), mid_period=True))],
        "/currencies/0/ramp",
        "2027-01-01",
    ),
]


@pytest.mark.parametrize(("first", "others", "pointer", "said"), NONSENSE)
def test_currencies_that_do_not(first, others, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        checked_currencies(first, others)
    assert refused.value.pointer == pointer
