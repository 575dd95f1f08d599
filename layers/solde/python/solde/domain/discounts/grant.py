"""A grant: an offer as one subscription or customer has it, from a day on."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from solde.domain.discounts.offer import Offer
from solde.domain.errors import InvalidError
from solde.domain.money import Money


@dataclass(frozen=True, slots=True)
class Grant:
    """
    Billing periods that begin on or after `from_on` and before `until_on` are covered.

    The first period of a subscription begins with its first day that is charged. Whether a
    period is covered follows from the timeline alone, never from what was billed before: so a
    correction uses up nothing, and a period once covered stays covered.
    """

    id: str
    offer: Offer
    from_on: date
    until_on: date = date.max
    coupon: str = ""

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise InvalidError(
                f"end_on: expected {self.from_on} or later, found {self.until_on}",
                pointer="/end_on",
            )

    def ended(self, on: date) -> "Grant":
        """Return the grant that covers no period that begins on a day or later."""
        return replace(self, until_on=max(self.from_on, min(on, self.until_on)))


class Reduction(NamedTuple):
    """
    What a grant takes off one line; of what is given back, negative: taken off less.

    `percent` is None for a fixed amount. `wallet` is that of a gift, which is taken like a grant.
    """

    grant_id: str
    name: str
    percent: Decimal | None
    rank: int
    amount: Money
    wallet: str = ""
