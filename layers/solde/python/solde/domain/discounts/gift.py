"""
A gift: an amount that a customer may have off what he is billed, whenever that is (R22).

It is no money: nothing was received, nothing is owed. It is taken off the document before tax, as a
discount is, and what a document has taken of it stays taken, whatever is given back of its lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from solde.domain.money import Money


@dataclass(frozen=True, slots=True)
class Gift:
    """
    What is given on a day (`on`) and can be had until another, exclusive; None is for ever.

    `wallet` is that of which it is a part. It is good for charges of `kinds` and of `products`;
    what is empty says nothing. From `ended_on` on it was withdrawn.
    """

    id: str
    wallet: str
    name: str
    amount: Money
    on: date
    until_on: date | None = None
    rank: int = 50
    kinds: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    ended_on: date | None = None
    reference: str = ""

    def there(self, on: date) -> bool:
        """Tell whether what is left of it can be had on a day."""
        ends = (self.until_on, self.ended_on)
        return self.on <= on and all(one is None or on < one for one in ends)

    def good_for(self, kind: str, product: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (
            not self.products or product in self.products
        )


class Left(NamedTuple):
    """What documents have not taken of a gift: minor units."""

    gift: Gift
    minor: int


def left_of(
    gifts: Iterable[Gift], documents: Iterable[Mapping[str, int]], on: date
) -> tuple[Left, ...]:
    """
    Return what is left on a day, in the order in which it is had: by rank, first to end, oldest.

    `documents` say each what it has taken, by the id of the gift.
    """
    there = sorted(
        (one for one in gifts if one.there(on)),
        key=lambda one: (one.rank, one.until_on or date.max, one.on, one.id),
    )
    taken = list(documents)
    found = [
        Left(one, one.amount.minor - sum(each.get(one.id, 0) for each in taken)) for one in there
    ]
    return tuple(one for one in found if one.minor > 0)
