"""The taxes of the slow model: of documents as they are issued, in whole cents."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.slow_model.costs import rounded


@dataclass(frozen=True)
class Row:
    """A line of a document; `net` is what the customer owes more, `original` what it corrects."""

    net: int
    rate: Fraction
    original: str


@dataclass
class Taxes:
    """
    The tax of documents, one after the other.

    An invoice is taxed on the sum of each rate. A credit note gives back, of each document that
    it corrects and each rate, the tax of all that was taken back of it so far, less what was;
    and never more than it supplied: a cent that rounding takes back beyond that has no tax.
    """

    taken: dict[tuple[str, Fraction], int] = field(default_factory=dict)
    supplied: dict[tuple[str, Fraction], int] = field(default_factory=dict)

    def of_invoice(self, rows: list[Row], identity: str) -> dict[Fraction, int]:
        bases: dict[Fraction, int] = {}
        for row in rows:
            bases[row.rate] = bases.get(row.rate, 0) + row.net
            if row.net < 0 and row.original:
                self._take(row)
            else:
                key = (identity, row.rate)
                self.supplied[key] = self.supplied.get(key, 0) + row.net
        return {rate: tax(base, rate) for rate, base in bases.items()}

    def of_note(self, rows: list[Row]) -> dict[Fraction, int]:
        before = dict(self.taken)
        loose: dict[Fraction, int] = {}
        for row in rows:
            self._take(row)
            loose[row.rate] = loose.get(row.rate, 0)
        found = dict.fromkeys(loose, 0)
        for key in {(row.original, row.rate) for row in rows}:
            _, rate = key
            most = self.supplied.get(key, self.taken[key])
            whole, earlier = min(self.taken[key], most), min(before.get(key, 0), most)
            found[rate] += tax(whole, rate) - tax(earlier, rate)
        return found

    def _take(self, row: Row) -> None:
        key = (row.original, row.rate)
        self.taken[key] = self.taken.get(key, 0) - row.net


def tax(base: int, rate: Fraction) -> int:
    """Of a base in cents, at a rate in percent."""
    return rounded(Fraction(base) * rate / 100)


def rate_on(tax_class: str, day: date) -> Fraction:
    """French rates of the years that histories are about, in percent: CGI 278 ff."""
    if tax_class == "standard":
        return Fraction(20) if day >= date(2014, 1, 1) else Fraction("19.6")
    if tax_class == "intermediate":
        return Fraction(10) if day >= date(2014, 1, 1) else Fraction(7)
    return Fraction("5.5")
