"""Tax per category and rate on the summed base, and its display per line (R12, EN 16931)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding
from solde.domain.tax.rates import Treatment


@dataclass(frozen=True, slots=True)
class TaxTotal:
    treatment: Treatment
    base: Money
    tax: Money


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
        _, currency = of.setdefault(key, (treatment, net.currency))
        if net.currency != currency:
            raise InvalidError(f"currency: expected {currency}, found {net.currency}")
        sums[key] = sums.get(key, 0) + net.minor
    found = []
    for key in sorted(sums):
        treatment, currency = of[key]
        base = Money(sums[key], currency)
        found.append(TaxTotal(treatment, base, tax_on(base, treatment)))
    return tuple(found)


def tax_shares(nets: Sequence[Money], total: TaxTotal) -> tuple[Money, ...]:
    """
    Show the tax of one category and rate per line, by largest remainder (R2).

    Charges and credits are split apart, so that no charge shows negative tax.
    """
    minors = [net.minor for net in nets]
    if min(minors) > 0:
        return total.tax.split(minors)
    zero = Money(0, total.tax.currency)
    charges = [max(minor, 0) for minor in minors]
    reliefs = [max(-minor, 0) for minor in minors]
    plus = tax_on(Money(sum(charges), zero.currency), total.treatment)
    plus_shares = plus.split(charges) if any(charges) else (zero,) * len(nets)
    rest = total.tax - (plus if any(charges) else zero)
    minus_shares = rest.split(reliefs) if any(reliefs) else (zero,) * len(nets)
    return tuple(up + down for up, down in zip(plus_shares, minus_shares, strict=True))
