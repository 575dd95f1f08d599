"""Rounding, splitting and taxing of whole minor units, from the rules alone."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

Rate = tuple[str, str]
"""Category and percentage, as a document writes them."""
NONE, THREE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", "BHD IQD JOD"
DECIMALS = dict.fromkeys(NONE.split(), 0) | {"CLF": 4, "UYW": 4}
DECIMALS |= dict.fromkeys(f"{THREE} KWD LYD OMR TND".split(), 3)


def added(texts: Iterable[str]) -> Fraction:
    return sum(map(Fraction, texts), Fraction(0))


def rounded(exact: Fraction) -> int:
    """Round half away from zero (R1)."""
    whole = (2 * abs(exact).numerator + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def minor(exact: Fraction, code: str) -> int:
    return rounded(exact * 10 ** DECIMALS.get(code, 2))


def major(amount: int, code: str) -> Fraction:
    return Fraction(amount, 10 ** DECIMALS.get(code, 2))


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """Split by largest remainder, ties in order; a negative amount is the mirror image (R2)."""
    exact = [Fraction(abs(whole) * one, sum(weights) or 1) for one in weights]
    shares = [int(one) for one in exact]
    rest = sorted(range(len(exact)), key=lambda at: (shares[at] - exact[at], at))
    for at in rest[: abs(whole) - sum(shares)]:
        shares[at] += 1
    return [one if whole >= 0 else -one for one in shares]


def signed(weights: Sequence[int], whole: int, of_charges: int) -> list[int]:
    """Split by weights; where some are negative, what charges have alone, and the rest (R2)."""
    if min(weights) >= 0 and any(weights):
        return split(whole, weights)
    charges, reliefs = ([max(sign * one, 0) for one in weights] for sign in (1, -1))
    plus = split(of_charges, charges) if any(charges) else charges
    minus = split(whole - of_charges * any(charges), reliefs) if any(reliefs) else reliefs
    return [up + down for up, down in zip(plus, minus, strict=True)]


def spread(whole: int, bases: Sequence[int], rates: Sequence[Rate]) -> list[int]:
    """Split over categories and rates first, then over the lines of each (R9)."""
    places = {rate: [at for at, one in enumerate(rates) if one == rate] for rate in rates}
    shares = [0] * len(bases)
    parts = split(whole, [sum(max(bases[at], 0) for at in mine) for mine in places.values()])
    for mine, part in zip(places.values(), parts, strict=True):
        for at, one in zip(mine, split(part, [max(bases[at], 0) for at in mine]), strict=True):
            shares[at] = one
    return shares


def extracted(amount: int, rate: Rate, policy: str) -> tuple[int, int]:
    """Return base and tax of an amount, which includes its tax where there is a policy (R13)."""
    percent = Fraction(rate[1]) / 100
    if policy == "tax_from_gross":
        tax = rounded(amount * percent / (1 + percent))
        return amount - tax, tax
    base = rounded(amount / (1 + percent)) if policy else amount
    return base, amount - base if policy == "net_rounded" else rounded(base * percent)
