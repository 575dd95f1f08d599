"""The taxes of the slow model: of documents as they are issued, in whole cents."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.slow_model.costs import rounded


@dataclass(frozen=True)
class Row:
    """A line of a document; `owed` is what the customer owes more, `original` what it corrects."""

    owed: int
    rate: Fraction
    original: str


@dataclass(frozen=True)
class Part:
    """Base and tax of what is owed at one rate."""

    base: int
    tax: int


Parts = dict[Fraction, Part]


@dataclass
class Taxes:
    """
    The tax of documents, one after the other.

    An invoice is taxed on the sum of each rate. A credit note gives back, of each document that
    it corrects and each rate, the tax of all that was taken back of it so far, less what was;
    and never more than it supplied: a cent that rounding takes back beyond that has no tax.
    `inclusive` says how tax is taken out of prices that are with it; "" adds it to them.
    """

    inclusive: str = ""
    taken: dict[tuple[str, Fraction], int] = field(default_factory=dict)
    supplied: dict[tuple[str, Fraction], int] = field(default_factory=dict)

    def of_invoice(self, rows: list[Row], identity: str) -> Parts:
        sums: dict[Fraction, int] = {}
        for row in rows:
            sums[row.rate] = sums.get(row.rate, 0) + row.owed
            if row.owed < 0 and row.original:
                self._take(row)
            else:
                key = (identity, row.rate)
                self.supplied[key] = self.supplied.get(key, 0) + row.owed
        return {rate: self.part(owed, rate) for rate, owed in sums.items()}

    def of_note(self, rows: list[Row]) -> Parts:
        before = dict(self.taken)
        for row in rows:
            self._take(row)
        found: Parts = {}
        for key in {(row.original, row.rate) for row in rows}:
            _, rate = key
            back, most = self.taken[key] - before.get(key, 0), self.supplied.get(key)
            whole, earlier = self.taken[key], before.get(key, 0)
            if most is not None:
                whole, earlier = min(whole, most), min(earlier, most)
            beyond = back - (whole - earlier)
            new, old = self.part(whole, rate), self.part(earlier, rate)
            held = found.get(rate, Part(0, 0))
            base = held.base + new.base - old.base + beyond
            found[rate] = Part(base, held.tax + new.tax - old.tax)
        return found

    def part(self, owed: int, rate: Fraction) -> Part:
        """Base and tax of an amount, which is with tax where prices are; rate in percent."""
        whole = 100 + rate
        if not self.inclusive:
            return Part(owed, rounded(owed * rate / 100))
        if self.inclusive == "tax_from_gross":
            tax = rounded(owed * rate / whole)
            return Part(owed - tax, tax)
        base = rounded(owed * 100 / whole)
        if self.inclusive == "net_rounded":
            return Part(base, owed - base)
        return Part(base, rounded(base * rate / 100))

    def _take(self, row: Row) -> None:
        key = (row.original, row.rate)
        self.taken[key] = self.taken.get(key, 0) - row.owed


def shared(whole: int, weights: list[int]) -> list[int]:
    """Give each its part of a whole, the units that are missing to the largest fractions."""
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    found = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: found[place] - exact[place])
    for place in order[: whole - sum(found)]:
        found[place] += 1
    return found


def rate_on(tax_class: str, day: date) -> Fraction:
    """French rates of the years that histories are about, in percent: CGI 278 ff."""
    if tax_class == "standard":
        return Fraction(20) if day >= date(2014, 1, 1) else Fraction("19.6")
    if tax_class == "intermediate":
        return Fraction(10) if day >= date(2014, 1, 1) else Fraction(7)
    return Fraction("5.5")
