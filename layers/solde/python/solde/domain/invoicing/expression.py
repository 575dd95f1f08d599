"""
How a line says its amount: quantity × price ÷ base quantity = net, to the cent (R11).

The first form that is exact wins: the real quantity at the list price; for a share of a period,
units times days at the full period's price; else one piece at the net amount, with the arithmetic
told in the description. Prices are never negative and never rounded: a fine price is given per
1,000 or per 1,000,000 units. A charge with discounts is said before them, and they are listed; what
is given back is said at the price after them.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Reduction
from solde.domain.money import EXPONENTS, Money, minor_of
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.quantity import EXACT
from solde.domain.proration import counted
from solde.domain.rating import Charge

MOST_OF_PRICE = 10**6
MOST_OF_QUANTITY = 10**4
"""A price has at most 6 decimals, a quantity 4: their denominators divide these."""
BASES = (1, 1_000, 1_000_000)
TIMED = (ChargeKind.ADVANCE, ChargeKind.ARREARS)
HUNDRED, PERCENT, PLACES = Decimal(100), Decimal("0.01"), 60
CENT = 100
"""Checks of invoices multiply to two decimals even where a currency has none (PEPPOL R120)."""


class Expression(NamedTuple):
    """`unit` is a code of UN/ECE Recommendation 20: DAY for a share of a period."""

    quantity: Decimal
    unit: str
    price: Decimal
    base_quantity: int


def express(charge: Charge) -> Expression:
    """Return the first expression that gives the line's gross (`at_gross`) or net exactly."""
    if not charge.reductions and not charge.shares:
        return _express(charge, charge.net)
    if at_gross(charge):
        return _express(charge, charge.gross)
    if charge.listed:
        return _express(charge, charge.net, charge.reductions)
    return _express(charge, charge.base, (*charge.reductions, *charge.shares))


def at_gross(charge: Charge) -> bool:
    """Tell whether a line lists its discounts: no allowance of a line may be negative (R11)."""
    return (
        bool(charge.reductions)
        and charge.net.minor >= 0
        and all(one.amount.minor > 0 for one in charge.reductions)
        and charge.exact > 0
        and (charge.corrects is None or not charge.shares)
    )


def _express(charge: Charge, amount: Money, off: Sequence[Reduction] = ()) -> Expression:
    price, units = _list_price(charge)
    if price is not None and off:
        price = _after(price, off)
    if price is not None:
        for candidate in _candidates(charge, price, units):
            if _gives(candidate, amount):
                return candidate
    sign = -1 if amount.minor < 0 else 1
    return Expression(Decimal(sign), "C62", abs(amount).major, 1)


def _candidates(charge: Charge, price: Decimal, units: Decimal) -> Iterator[Expression]:
    if _whole_period(charge):
        for base in BASES:
            yield Expression(units, charge.product.unit, price * base, base)
    else:
        count = counted(charge.price.proration, charge.service, charge.key.period)
        yield Expression(units * count.days, "DAY", price, count.of)


def _list_price(charge: Charge) -> tuple[Decimal | None, Decimal]:
    """Return the price of one unit for the full period, where there is one, and the units."""
    model = charge.price.model
    if isinstance(model, PerUnit):
        return model.amount, charge.units
    if isinstance(model, Flat):
        return model.amount, Decimal((charge.units > 0) - (charge.units < 0))
    if isinstance(model, InUnits) and isinstance(model.model, PerUnit):
        return EXACT.multiply(model.model.amount, model.value), charge.units
    if len(charge.steps) == 1 and charge.steps[0].quantity == charge.units:
        return charge.steps[0].unit_amount, charge.units
    return None, charge.units


def _after(price: Decimal, off: Sequence[Reduction]) -> Decimal | None:
    """Return a price after its percentages, to be proved by its product; None for fixed amounts."""
    for one in off:
        if one.percent is None:
            return None
        with localcontext(prec=PLACES):
            price = price * (HUNDRED - one.percent) * PERCENT
    return price


def _whole_period(charge: Charge) -> bool:
    timed = charge.key.kind in TIMED and charge.price.proration.by_days
    return not timed or charge.service == charge.key.period


def _gives(one: Expression, net: Money) -> bool:
    """
    Tell whether an expression comes to a net, with no more decimals than a line may have.

    A net in yen must come out to the hundredth: 101 × 3.3 is 333.30, and said as 1 × 333. Whole
    numbers are multiplied: this is tried for every line of every document.
    """
    quantity, of = one.quantity.as_integer_ratio()
    price, below = one.price.as_integer_ratio()
    if MOST_OF_QUANTITY % of or MOST_OF_PRICE % below:
        return False
    finer = 1 if EXPONENTS[net.currency] else CENT
    product, base = quantity * price * finer, of * below * one.base_quantity
    return minor_of(product, base, net.currency) == net.minor * finer
