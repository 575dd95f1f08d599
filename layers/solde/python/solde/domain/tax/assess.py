"""
Totals over exact sums: several taxes a line, surcharges, withheld taxes, prices with tax.

Used for documents of regimes that have more than one tax on a supply; amounts stay exact until
each total is rounded, or each line is rounded first, by policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from solde.domain.money import Money, Rounding, money

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Levy:
    """A tax on a supply; `surcharge` adds to it, a `retained` one is withheld by the payer."""

    name: str
    percent: Decimal
    surcharge: Decimal = Decimal(0)
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Supply:
    """`amount` in major units, exact; with tax where prices include it, negative if a discount."""

    amount: Fraction
    levies: tuple[Levy, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    net: Money
    included: Money
    """Tax that was inside the prices."""
    tax: Money
    retained: Money

    @property
    def with_tax(self) -> Money:
        return self.net + self.tax

    @property
    def payable(self) -> Money:
        return self.with_tax - self.retained


def assess(supplies: Sequence[Supply], currency: str, *, included: bool) -> Assessment:
    """Sum exactly, and round each total once: net, tax in the prices, tax, tax withheld."""
    gross = net = charged = retained = Fraction(0)
    for supply in supplies:
        base = supply.amount / (1 + _inside(supply)) if included else supply.amount
        gross += supply.amount
        net += base
        for levy in supply.levies:
            tax = base * _rate(levy.percent + levy.surcharge)
            charged += Fraction(0) if levy.retained else tax
            retained += tax if levy.retained else Fraction(0)
    inside = _rounded(gross - net, currency)
    return Assessment(
        net=_rounded(gross, currency) - inside,
        included=inside,
        tax=_rounded(charged, currency),
        retained=_rounded(retained, currency),
    )


def _inside(supply: Supply) -> Fraction:
    """Return the rate of the tax that a price includes: no surcharge, nothing withheld."""
    return sum((_rate(one.percent) for one in supply.levies if not one.retained), Fraction(0))


def _rate(percent: Decimal) -> Fraction:
    return Fraction(percent) / HUNDRED


def _rounded(exact: Fraction, currency: str) -> Money:
    return money(exact, currency, Rounding.HALF_AWAY)
