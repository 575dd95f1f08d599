"""A price in a unit of its own: its amounts are so many units, each worth so much money."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from solde.domain.pricing.quantity import EXACT, Priced, Step, priced, ratio

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class InUnits(Generic[M]):
    """The amounts of `model` are units of `code`, each worth `value` in major units of money."""

    model: M
    code: str
    name: str
    value: Decimal

    def in_money(self, found: Priced) -> Priced:
        """Convert row by row, which is exact; whoever bills it rounds the sum, once (R1 f)."""
        return priced(*map(self._worth, found.steps))

    def units_of(self, money: Fraction) -> Fraction:
        """Return how many units an amount in major units is."""
        return money * ratio(Decimal(1), self.value)

    def _worth(self, one: Step) -> Step:
        outcome = None if one.outcome is None else one.outcome * Fraction(self.value)
        return one._replace(
            unit_amount=EXACT.multiply(one.unit_amount, self.value),
            product=EXACT.multiply(one.product, self.value),
            outcome=outcome,
        )
