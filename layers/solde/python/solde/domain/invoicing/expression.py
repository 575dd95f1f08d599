"""
How a line says its amount: quantity × price ÷ base quantity = net, to the cent (R11).

The first form that is exact wins: the real quantity at the list price; for a share of a period,
units times days at the full period's price; else one piece at the net amount, with the arithmetic
told in the description. Prices are never negative and never rounded: a fine price is given per
1,000 or per 1,000,000 units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import ChargeKind
from solde.domain.money import Money, Rounding, money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import Charge

PRICE_DECIMALS = 6
QUANTITY_DECIMALS = 4
BASES = (1, 1_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Expression:
    """`unit` is a code of UN/ECE Recommendation 20: DAY for a share of a period."""

    quantity: Decimal
    unit: str
    price: Decimal
    base_quantity: int


def express(charge: Charge) -> Expression:
    """Return the first expression that gives the line's net exactly."""
    for candidate in _candidates(charge):
        if _fits(candidate) and _amount(candidate, charge.net.currency) == charge.net:
            return candidate
    sign = -1 if charge.net.minor < 0 else 1
    return Expression(Decimal(sign), "C62", abs(charge.net).major, 1)


def _candidates(charge: Charge) -> Iterator[Expression]:
    price, units = _list_price(charge)
    if price is None:
        return
    if _whole_period(charge):
        for base in BASES:
            yield Expression(units, charge.product.unit, price * base, base)
    else:
        days = charge.service.days
        yield Expression(units * days, "DAY", price, charge.key.period.days)


def _list_price(charge: Charge) -> tuple[Decimal | None, Decimal]:
    """Return the price of one unit for the full period, where there is one, and the units."""
    model = charge.price.model
    if isinstance(model, PerUnit):
        return model.amount, charge.units
    if isinstance(model, Flat):
        return model.amount, Decimal((charge.units > 0) - (charge.units < 0))
    if len(charge.steps) == 1 and charge.steps[0].quantity == charge.units:
        return charge.steps[0].unit_amount, charge.units
    return None, charge.units


def _whole_period(charge: Charge) -> bool:
    timed = charge.key.kind in (ChargeKind.ADVANCE, ChargeKind.ARREARS) and charge.price.prorated
    return not timed or charge.service == charge.key.period


def _fits(one: Expression) -> bool:
    return _decimals(one.price) <= PRICE_DECIMALS and _decimals(one.quantity) <= QUANTITY_DECIMALS


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _amount(one: Expression, currency: str) -> Money:
    exact = Fraction(one.quantity) * Fraction(one.price) / one.base_quantity
    return money(exact, currency, Rounding.HALF_AWAY)
