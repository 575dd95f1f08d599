"""Rates of exchange: dated, with their source; for tax in the currency that the seller books in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding, currency, money


@dataclass(frozen=True, slots=True)
class Exchange:
    """
    On a day, one unit of `base` is `rate` units of `quoted`, as the ECB writes it.

    Raises:
        InvalidError: a currency is none, both are one, or the rate is not above zero.

    """

    base: str
    quoted: str
    on: date
    rate: Decimal
    source: str

    def __post_init__(self) -> None:
        currency(self.base)
        currency(self.quoted)
        if self.base == self.quoted:
            raise InvalidError(f"currency: expected another than {self.base}", pointer="/currency")
        if self.rate <= 0:
            raise InvalidError(f"rate: expected one above 0, found {self.rate}", pointer="/rate")

    def converted(self, amount: Money) -> Money:
        """Return an amount of `quoted` in `base`, rounded once (R1 f): 47.38 at 1.0842 is 43.70."""
        return money(Fraction(amount.major) / Fraction(self.rate), self.base, Rounding.HALF_AWAY)
