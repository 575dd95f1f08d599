"""What coupons take off whole documents: off what these charge, spread over it to the cent."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.slow_model.costs import rounded
from tests.slow_model.discounts import Coupons
from tests.slow_model.taxes import shared
from tests.slow_model.told import Coupon


@dataclass(frozen=True)
class Line:
    """
    What an invoice charges, before the coupons of documents.

    A line that corrects another is not `listed`: it bears the share of what it corrects. `on` is
    the first day of its service.
    """

    item: str
    price: str
    start: date
    on: date
    rate: Fraction
    net: int
    listed: bool
    shares: dict[str, int]


Sold = Callable[[Line], tuple[date, Fraction]]
"""The first day of the charge that a line bills, and what promotions go by."""


@dataclass
class Allowances:
    """`used` is what amounts have given of each billing period, by coupon."""

    used: Counter = field(default_factory=Counter)

    def of(self, lines: list[Line], coupons: Coupons, sold: Sold) -> list[dict[str, int]]:
        """What each coupon takes off each line of one run."""
        for line in lines:
            if not line.listed:
                self.used.update({(name, line.start): n for name, n in line.shares.items()})
        found: list[dict[str, int]] = [{} for _ in lines]
        for coupon in coupons.in_order("document"):
            places = [
                place
                for place, line in enumerate(lines)
                if line.listed
                and coupons.covers(coupon, line.price, line.start)
                and (not coupon.asks or coupons.has(coupon, *sold(line)))
            ]
            for some in [places] if coupon.percent else by_period(lines, places):
                self._take(coupon, lines, some, found, coupons.history.order)
        return found

    def _take(
        self, coupon: Coupon, lines: list[Line], places: list[int], found: list[dict], order: str
    ) -> None:
        if not places:
            return
        left = [lines[place].net - sum(found[place].values()) for place in places]
        start = lines[places[0]].start
        if coupon.percent:
            each = order == "each_on_original"
            base = sum(lines[place].net for place in places) if each else sum(left)
            wanted = rounded(Fraction(base * coupon.percent, 100))
        else:
            wanted = max(coupon.amount - self.used[coupon.name, start], 0)
        taken = min(wanted, sum(left))
        rates = [lines[place].rate for place in places]
        for place, part in zip(places, spread(taken, left, rates), strict=True):
            if part:
                found[place][coupon.name] = part
        if not coupon.percent:
            self.used[coupon.name, start] += taken


def by_period(lines: list[Line], places: list[int]) -> list[list[int]]:
    found: dict[date, list[int]] = {}
    for place in places:
        found.setdefault(lines[place].start, []).append(place)
    return [found[start] for start in sorted(found)]


def spread(whole: int, weights: list[int], rates: list[Fraction]) -> list[int]:
    """Over the rates first, then over the lines of each."""
    of_rate: dict[Fraction, list[int]] = {}
    for place, rate in enumerate(rates):
        of_rate.setdefault(rate, []).append(place)
    found = [0] * len(weights)
    if not whole:
        return found
    sums = [sum(weights[place] for place in places) for places in of_rate.values()]
    for places, part in zip(of_rate.values(), shared(whole, sums), strict=True):
        if part:
            mine = shared(part, [weights[place] for place in places])
            for place, each in zip(places, mine, strict=True):
                found[place] = each
    return found
