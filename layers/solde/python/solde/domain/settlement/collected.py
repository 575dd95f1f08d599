"""
What was settled of an invoice by category and rate of tax: what reports of payments ask for.

A part of an invoice settles each rate by its share of the whole, tax included. Shares are taken of
the sums so far, so that parts add up to what all of them at once would be.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from solde.domain.money import Money

SCALE = 10**6
"""Rates have four decimals at most, as hundredths: with this they are whole."""


def collected(
    bases: Mapping[str, int], currency: str, *, before: int, after: int
) -> dict[str, int]:
    """
    Return by category and rate (`S/20`) how much more is settled, or less.

    `bases` are what the invoice taxes, without tax. What nets to nothing has no share.
    """
    names = [name for name, base in bases.items() if base > 0]
    if not names or before == after:
        return {}
    weights = [bases[name] * _with_tax(name) for name in names]
    earlier, later = (Money(minor, currency).split(weights) for minor in (before, after))
    found = {
        name: new.minor - old.minor for name, old, new in zip(names, earlier, later, strict=True)
    }
    return {name: minor for name, minor in found.items() if minor}


def _with_tax(name: str) -> int:
    rate = Decimal(name.rpartition("/")[2] or "0")
    return int(Fraction(100 + rate) * SCALE)
