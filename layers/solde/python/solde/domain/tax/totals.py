"""Tax per category and rate on the summed base, and its display per line (R12, EN 16931)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding
from solde.domain.tax.rates import Treatment


class TaxTotal(NamedTuple):
    treatment: Treatment
    base: Money
    tax: Money
    gross: Money | None = None
    """Where prices include tax: what is charged, whatever base and tax are rounded to."""

    @property
    def rounding(self) -> Money:
        """What base and tax miss of the gross (BT-114)."""
        zero = Money(0, self.base.currency)
        return zero if self.gross is None else self.gross - self.base - self.tax


def tax_on(base: Money, treatment: Treatment) -> Money:
    """Round half away from zero, once per category and rate (R1 e)."""
    return base.share(_rate(treatment.percent), Rounding.HALF_AWAY)


@cache
def _rate(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def tax_totals(nets: Sequence[tuple[Treatment, Money]]) -> tuple[TaxTotal, ...]:
    """Sum the nets per category and rate, in order of category then rate, and tax each sum."""
    sums: dict[tuple[str, Decimal], int] = {}
    of: dict[tuple[str, Decimal], tuple[Treatment, str]] = {}
    for treatment, net in nets:
        key = (treatment.category, treatment.percent)
        if key not in of:
            of[key], sums[key] = (treatment, net.currency), 0
        elif net.currency != of[key][1]:
            raise InvalidError(f"currency: expected {of[key][1]}, found {net.currency}")
        sums[key] += net.minor
    found = []
    for key in sorted(sums):
        treatment, currency = of[key]
        base = Money(sums[key], currency)
        found.append(TaxTotal(treatment, base, tax_on(base, treatment)))
    return tuple(found)


def line_totals(nets: Sequence[tuple[Treatment, Money]]) -> tuple[TaxTotal, ...]:
    """Tax each net alone, and sum what that comes to per category and rate (a policy, R12)."""
    found = []
    for total in tax_totals(nets):
        key = total.treatment.category, total.treatment.percent
        taxes = [
            tax_on(net, treatment).minor
            for treatment, net in nets
            if (treatment.category, treatment.percent) == key
        ]
        found.append(TaxTotal(total.treatment, total.base, Money(sum(taxes), total.tax.currency)))
    return tuple(found)


def tax_shares(nets: Sequence[Money], total: TaxTotal) -> tuple[Money, ...]:
    """Show the tax of one category and rate per line, by largest remainder (R2)."""
    minors = [net.minor for net in nets]
    if min(minors) > 0:
        return total.tax.split(minors)
    charged = Money(sum(max(minor, 0) for minor in minors), total.tax.currency)
    return signed_shares(minors, total.tax, tax_on(charged, total.treatment))


def signed_shares(weights: Sequence[int], whole: Money, of_charges: Money) -> tuple[Money, ...]:
    """
    Split by weights of either sign, charges and credits apart: no charge gets a negative share.

    `of_charges` is what the positive weights would have alone; the rest is that of the credits.
    """
    if min(weights) >= 0 and any(weights):
        return whole.split(weights)
    zero = Money(0, whole.currency)
    charges = [max(weight, 0) for weight in weights]
    reliefs = [max(-weight, 0) for weight in weights]
    plus = of_charges.split(charges) if any(charges) else (zero,) * len(weights)
    rest = whole - (of_charges if any(charges) else zero)
    minus = rest.split(reliefs) if any(reliefs) else (zero,) * len(weights)
    return tuple(up + down for up, down in zip(plus, minus, strict=True))
