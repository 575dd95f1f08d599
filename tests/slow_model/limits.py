"""The least and the most of a period: what is missing is charged, what is above is taken off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.slow_model.discounts import Coupons
from tests.slow_model.told import Key, Price

LIMITS = ("commitment", "cap")


@dataclass(frozen=True)
class Limit:
    eligible: tuple[str, ...]
    amount: int

    def counts(self, price: Price) -> bool:
        return not self.eligible or price.tax_class in self.eligible


@dataclass(frozen=True)
class Spent:
    """
    What a charge comes to in minor units, after caps; `share` is that of its days.

    `first` is the first of them, and `volume` what promotions go by.
    """

    key: Key
    price: Price
    due: date
    gross: int
    share: Fraction
    first: date
    volume: Fraction

    def is_due(self, start: date, end: date) -> bool:
        """In advance from the first day on, else behind it, to that on which it is over."""
        if self.price.kind == "advance":
            return start <= self.due < end
        return start < self.due <= end

    def net(self, coupons: Coupons) -> int:
        good = coupons.good(self.price.name, self.key[2], self.first, self.volume)
        return self.gross - coupons.off(self.gross, good, self.share)


def capped(spent: Sequence[Spent], caps: Sequence[Limit]) -> list[Spent]:
    """Take off usage what is above, where it was due last: earlier lines stay as they were."""
    found = list(spent)
    for cap in caps:
        used = 0
        found.sort(key=lambda one: one.due)
        for place, one in enumerate(found):
            if one.price.kind == "usage" and cap.counts(one.price):
                left = max(cap.amount - used, 0)
                used += one.gross
                found[place] = replace(one, gross=min(one.gross, left))
    return found


def missing(least: Limit, nets: Sequence[tuple[Spent, int]]) -> int:
    """What is spent counts after discounts of lines, and before tax."""
    return max(least.amount - sum(net for one, net in nets if least.counts(one.price)), 0)
