"""What a price is asked for: an amount of something, in all and by cell of dimension values."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


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

    def less(self, units: Decimal) -> "Quantity":
        """Return what is left after so many free units; a quantity that credits has none (R7)."""
        if self.total <= 0:
            return self
        return replace(self, total=max(self.total - units, Decimal(0)))


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the walk that leads to an amount: so many units at so much, and a flat part."""

    quantity: Decimal
    unit_amount: Decimal
    exact: Fraction
    label: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """An exact amount in major units, not yet rounded, and the steps that sum to it."""

    exact: Fraction
    steps: tuple[Step, ...]


@lru_cache(maxsize=8192)
def _fraction(number: Decimal) -> Fraction:
    """Prices are few, and so are most quantities: the conversion costs more than the product."""
    return Fraction(number)


def ratio(dividend: Decimal, divisor: Decimal) -> Fraction:
    return _fraction(dividend) / _fraction(divisor)


def step(quantity: Decimal, unit_amount: Decimal, label: str = "") -> Step:
    return Step(quantity, unit_amount, _fraction(quantity) * _fraction(unit_amount), label)


def priced(*steps: Step) -> Priced:
    return Priced(sum((one.exact for one in steps), Fraction(0)), steps)
