"""What a price is asked for: an amount of something, in all and by cell of dimension values."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from solde.domain.values import light

EXACT = Context(prec=100, traps=[Inexact, InvalidOperation, Overflow])
"""Products and sums of prices and quantities end in decimals: a rounded one is an error."""
NOTHING = Fraction(0)
ZERO, ONE = Decimal(0), Decimal(1)


@light
@dataclass(frozen=True, slots=True)
class Quantity:
    """
    `cells` holds the quantity by dimension values, for prices that depend on them.

    `values` holds the single events in order, each with the fields that its meter declares, for
    prices that need more than their sum (a floor per event, a formula, an amount carried);
    `count` is how many events there were.
    """

    total: Decimal
    cells: tuple[tuple[tuple[str, ...], Decimal], ...] = ()
    values: tuple[tuple[Decimal, ...], ...] = ()
    count: int = 0

    def mirrored(self) -> "Quantity":
        """Return as much on the other side of zero, cell by cell and event by event."""
        return replace(
            self,
            total=-self.total,
            cells=tuple((values, -part) for values, part in self.cells),
            values=tuple(tuple(-one for one in row) for row in self.values),
        )

    def less(self, units: Decimal) -> "Quantity":
        """Return what is left after so many free units; a quantity that credits has none (R7)."""
        if self.total <= 0:
            return self
        return replace(self, total=max(self.total - units, Decimal(0)))


class Step(NamedTuple):
    """
    One row of the walk that leads to an amount: so many units at so much.

    `product` is quantity × unit amount, exact; the row of a formula has an `outcome` instead.
    """

    quantity: Decimal
    unit_amount: Decimal
    product: Decimal
    label: str = ""
    outcome: Fraction | None = None

    @property
    def exact(self) -> Fraction:
        return Fraction(self.product) if self.outcome is None else self.outcome


class Priced(NamedTuple):
    """An exact amount in major units, not yet rounded, and the steps that sum to it."""

    exact: Fraction
    steps: tuple[Step, ...]


@lru_cache(maxsize=8192)
def _fraction(number: Decimal) -> Fraction:
    """Prices are few, and so are most quantities: the conversion costs more than the product."""
    return Fraction(number)


def negated(price_one: Callable[[Quantity], Priced], quantity: Quantity) -> Priced:
    """Price less than nothing as the mirror image of as much above it (R7, signed meters)."""
    found = price_one(quantity.mirrored())
    return priced(*map(mirrored, found.steps))


def mirrored(one: Step) -> Step:
    outcome = None if one.outcome is None else -one.outcome
    return one._replace(quantity=-one.quantity, product=-one.product, outcome=outcome)


def ratio(dividend: Decimal, divisor: Decimal) -> Fraction:
    return _fraction(dividend) / _fraction(divisor)


def step(quantity: Decimal, unit_amount: Decimal, label: str = "") -> Step:
    return Step(quantity, unit_amount, EXACT.multiply(quantity, unit_amount), label)


def computed(quantity: Decimal, outcome: Fraction, label: str) -> Step:
    """Make the row of an amount that is no product."""
    return Step(quantity, ONE, ONE, label, outcome)


def priced(*steps: Step) -> Priced:
    """Add decimals, which is exact here; only a formula's outcome may be another fraction."""
    if len(steps) == 1 and steps[0].outcome is None:
        return Priced(_fraction(steps[0].product), steps)
    total, outcomes = ZERO, NOTHING
    for one in steps:
        if one.outcome is None:
            total = EXACT.add(total, one.product)
        else:
            outcomes += one.outcome
    exact = _fraction(total)
    return Priced(exact if outcomes is NOTHING else exact + outcomes, steps)
