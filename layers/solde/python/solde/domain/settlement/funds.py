"""How a wallet holds a lot: what it is good for, in which order it is used, and until when."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from solde.domain.money import Rounding, rounded

RANK = 50
"""Where credit stands that nobody has ranked; lower numbers are used first."""


class Scope(NamedTuple):
    """
    The charges that money may be used for; what is empty says nothing.

    `kinds` are those of charges, `products` their ids, `rates` are by category and rate ("S/20").
    """

    kinds: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()

    def good_for(self, kind: str, product: str, rate: str) -> bool:
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.products or product in self.products)
            and (not self.rates or rate in self.rates)
        )


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Funds:
    """
    What a lot of a wallet, or of a deposit, has beside its rest. Amounts are minor units.

    `put` is all that was asked for, `waits` what of it has not been paid yet, `tax` the tax inside
    `put` that is due at receipt, `lost` what was left when it expired or was given up, `back` what
    credit notes took back of it, and `tax_back` the tax of that. From `until_on` on it cannot be
    used. A deposit on an order (`order`) is used by its invoices alone; a top-up that was sold
    names the request for it (`request`).
    """

    wallet: str
    put: int
    rank: int = RANK
    until_on: date | None = None
    scope: Scope = EVERYTHING
    tax: int = 0
    waits: int = 0
    lost: int = 0
    order: str = ""
    number: str = ""
    """Of the deposit invoice, where there is one."""
    back: int = 0
    tax_back: int = 0
    request: str = ""

    def tax_of(self, gone: int) -> int:
        """
        Return the tax inside the first so many minor units, counted up and rounded (R14).

        What was taken back has taken its own tax along.
        """
        tax, put = self.tax - self.tax_back, self.put - self.back
        return rounded(Fraction(tax * gone, put), Rounding.HALF_AWAY) if tax and put else 0
