"""Tax as other systems compute it, for documents without XML and for customers who move."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.money import Money, Rounding, money

HUNDRED = 100


class TaxLevel(Enum):
    """Where tax is rounded: per line, per category and rate (default), or once per document."""

    LINE = "line"
    RATE = "rate"
    INVOICE = "invoice"


class Inclusive(Enum):
    """
    How tax is taken out of a gross price.

    BASE rounds the base and taxes it, the difference is the rounding amount BT-114 (R13);
    TAX rounds the tax of the gross and leaves the rest; NET rounds the net and leaves the rest.
    """

    BASE = "base"
    TAX = "tax_from_gross"
    NET = "net_rounded"


@dataclass(frozen=True, slots=True)
class Extracted:
    """`rounding` is what net and tax miss of the gross: -1, 0 or +1 minor unit."""

    net: Money
    tax: Money
    rounding: Money


def extracted(gross: Money, percent: Decimal, policy: Inclusive) -> Extracted:
    """
    Take the tax out of a gross amount; the gross never changes.

    9.99 at 20 %: BASE 8.33 + 1.67 - 0.01, TAX 8.32 + 1.67.
    """
    rate = Fraction(percent) / HUNDRED
    if policy is Inclusive.TAX:
        tax = gross.share(rate / (1 + rate), Rounding.HALF_AWAY)
        return Extracted(gross - tax, tax, Money(0, gross.currency))
    net = gross.share(1 / (1 + rate), Rounding.HALF_AWAY)
    if policy is Inclusive.NET:
        return Extracted(net, gross - net, Money(0, gross.currency))
    tax = net.share(rate, Rounding.HALF_AWAY)
    return Extracted(net, tax, gross - net - tax)


def taxes(
    nets: Sequence[tuple[Money, Decimal]], level: TaxLevel, rounding: Rounding
) -> tuple[tuple[Fraction, ...], Money]:
    """
    Return the exact (RATE, INVOICE) or rounded (LINE) tax of each line, and the whole tax.

    Each line comes with its percentage; amounts are in major units.
    """
    currency = nets[0][0].currency
    exact = [Fraction(net.major) * Fraction(percent) / HUNDRED for net, percent in nets]
    if level is TaxLevel.LINE:
        shown = [money(one, currency, rounding) for one in exact]
        return tuple(Fraction(one.major) for one in shown), sum(shown, Money(0, currency))
    if level is TaxLevel.INVOICE:
        return tuple(exact), money(sum(exact, Fraction(0)), currency, rounding)
    sums: dict[Decimal, Fraction] = {}
    for one, (_, percent) in zip(exact, nets, strict=True):
        sums[percent] = sums.get(percent, Fraction(0)) + one
    whole = sum((money(one, currency, rounding) for one in sums.values()), Money(0, currency))
    return tuple(exact), whole


def compounded(
    net: Money, stages: Sequence[Sequence[Decimal]], rounding: Rounding
) -> tuple[Money, ...]:
    """
    Return the tax of each stage: the rates of one add up, a later one is on net and tax so far.

    100.00 with 1 % and 6 %, then 0.5 %: 7.00 and 0.54.
    """
    base, found = net, []
    for rates in stages:
        tax = base.share(Fraction(sum(rates)) / HUNDRED, rounding)
        found.append(tax)
        base += tax
    return tuple(found)
