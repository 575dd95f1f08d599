"""Percent and fixed discounts of one amount, one after the other, each rounded (R8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding

HUNDRED = 100
ABOVE_CAP = -1_000
"""The rank of what is above a cap: it comes before any discount that somebody can grant."""


@dataclass(frozen=True, slots=True)
class Discount:
    """A percentage, or a fixed amount in its currency; lower ranks come first."""

    percent: Decimal | None = None
    amount: Money | None = None
    rank: int = 0

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise InvalidError("discount: expected either a percent or an amount")
        if self.percent is not None and not 0 <= self.percent <= HUNDRED:
            raise InvalidError(
                f"percent: expected 0 to 100, found {self.percent}", pointer="/percent"
            )
        if self.amount is not None and self.amount.minor < 0:
            raise InvalidError(
                f"amount: expected >= 0, found {self.amount.major}", pointer="/amount"
            )

    def of(self, base: Money) -> Money:
        """Return what is taken off a base: never more than all of it, nothing where none is."""
        if base.minor <= 0:
            return Money(0, base.currency)
        if self.amount is not None:
            return min(self.amount, base)
        share = Fraction(self.percent or 0) / HUNDRED
        return base.share(share, Rounding.HALF_AWAY)


class Order(Enum):
    """
    How several discounts of one level come together; a policy of the seller.

    PERCENT_FIRST goes by rank, then percent before fixed, then as listed, each on what is left.
    AS_LISTED takes them as they come. EACH_ON_ORIGINAL takes each percent of the full amount.
    """

    PERCENT_FIRST = "percent_first_compounding"
    AS_LISTED = "as_listed_compounding"
    EACH_ON_ORIGINAL = "each_on_original"


def discounted(gross: Money, discounts: Sequence[Discount], order: Order) -> tuple[Money, ...]:
    """
    Return the amount of each discount in the order of the sequence; never more than all of it.

    99.99 with 10 % then 5 %: 10.00 and 4.50. What is above a cap is of no full amount.
    """
    places = list(range(len(discounts)))
    if order is not Order.AS_LISTED:
        places.sort(key=lambda at: (discounts[at].rank, discounts[at].percent is None))
    full, left, taken = gross, gross, [Money(0, gross.currency)] * len(discounts)
    for place in places if gross.minor > 0 else ():
        one = discounts[place]
        on_original = order is Order.EACH_ON_ORIGINAL and one.percent is not None
        amount = min(one.of(full if on_original else left), left)
        taken[place] = amount
        left -= amount
        full = left if one.rank == ABOVE_CAP else full
    return tuple(taken)
