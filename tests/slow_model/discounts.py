"""What coupons take off the lines of a charge: which of them cover its period, and how much."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.slow_model.costs import rounded
from tests.slow_model.cycles import period
from tests.slow_model.told import Coupon, History, Told


@dataclass
class Coupons:
    """`told` are all facts, in the order in which they were told."""

    history: History
    told: list[Told]
    held: Callable[[date], set[str]] = lambda _: set()
    """The products that the customer has on a day."""

    def good(self, price: str, start: date, first: date, volume: Fraction) -> list[Coupon]:
        """Those off lines that a charge has, in their order."""
        every = self.in_order("line")
        covering = [one for one in every if self.covers(one, price, start)]
        return [one for one in covering if self.has(one, first, volume)]

    def has(self, one: Coupon, first: date, volume: Fraction) -> bool:
        """A promotion asks for a volume, a bundle for products that are there on the first day."""
        enough = volume >= Fraction(one.least)
        return enough and (not one.together or set(one.together) <= self.held(first))

    def off(self, gross: int, good: list[Coupon], share: Fraction) -> int:
        """What is taken off a rounded amount; fixed amounts run by days, as the price does."""
        left, taken = gross, 0
        for one in good:
            each = one.percent and self.history.order == "each_on_original"
            part = of(one, gross if each else left, share)
            part = min(part, left)
            left, taken = left - part, taken + part
        return taken

    def granted(self) -> list[Coupon]:
        """By day; of one day, as they were told."""
        facts = [one for one in self.told if one.what == "grant" and one.coupon]
        return [one.coupon for one in sorted(facts, key=lambda one: one.on) if one.coupon]

    def in_order(self, level: str) -> list[Coupon]:
        """As they are taken, of one level."""
        coupons = [one for one in self.granted() if one.level == level]
        if self.history.order == "as_listed_compounding":
            return coupons
        return sorted(coupons, key=lambda one: (one.rank, not one.percent))

    def covers(self, one: Coupon, price: str, start: date) -> bool:
        """Whether a billing period is one of those that begin while the coupon is good."""
        if one.classes and self.history.prices[price].tax_class not in one.classes:
            return False
        ends = [each.on for each in self.told if each.what == "end" and each.coupon == one]
        if not one.on <= self._begins(start) < min(ends, default=date.max):
            return False
        return not one.periods or self._number(one, start) < one.periods

    def _number(self, one: Coupon, start: date) -> int:
        """How many periods it covers before one that it covers."""
        number, each = 0, period(self.history.cycle, self._paid_from())[0]
        while each < start:
            number += self._begins(each) >= one.on
            each = period(self.history.cycle, each)[1]
        return number

    def _begins(self, start: date) -> date:
        """The first period of all begins with the first day that is paid for."""
        return max(start, self._paid_from())

    def _paid_from(self) -> date:
        return self.history.start + timedelta(days=self.history.trial_days)


def of(one: Coupon, base: int, share: Fraction) -> int:
    """What one coupon takes off an amount."""
    if base <= 0:
        return 0
    if one.percent:
        return rounded(Fraction(base * one.percent, 100))
    return min(rounded(one.amount * share), base)
