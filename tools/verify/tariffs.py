"""What a tariff asks for a count, and which share of a period days are, from the rules alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

Node = Mapping[str, Any]
STEPS = "by its steps"
"""Ends the name of a model whose walk a tree does not tell: its rows stand for it."""


def share(policy: str, service: Sequence[date], period: Sequence[date]) -> Fraction:
    """Return the share of a period that days are charged, by a policy; both half-open."""
    (start, end), (begin, over) = service, period
    days, whole = (end - start).days, (over - begin).days
    last = date.fromordinal(end.toordinal() - 1)
    counted = {
        "day": (days, whole),
        "30/360": (thirty(start, end), thirty(begin, over)),
        "30/360 strict": (thirty(start, last) + 1, 30),
        "actual/30": (days, 30),
        "half_month": (1, 1 if (start - begin).days < whole // 2 else 2),
        "full_period": (1, 1),
        "none": (int(days == whole), 1),
    }
    return min(Fraction(1), Fraction(*counted[policy]))


def thirty(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return months * 30 + min(last.day, 30) - min(first.day, 30)


def asked(tariff: Node, part: Node) -> Fraction:
    """Return what a tariff asks for units, or for a count after what was counted before (R7)."""
    if not (usage := part.get("usage")):
        return price(tariff, Fraction(part["units"]), (), Fraction(part["units"]))
    free = Fraction(tariff.get("free", 0))
    whole = above(usage.get("total", usage["after"]), free)
    after, before = (
        price(tariff, above(usage[name], free), usage[name].get("cells", ()), whole)
        if name in usage
        else Fraction(0)
        for name in ("after", "before")
    )
    return after - before


def above(count: Node, free: Fraction) -> Fraction:
    total = Fraction(count["total"])
    return total if total <= 0 else max(total - free, Fraction(0))


def price(tariff: Node, total: Fraction, cells: Sequence[Any], whole: Fraction) -> Fraction:
    """
    Return what a model asks for a count; `whole` is that of the period, which chooses a band.

    Less than nothing is the mirror image (R7).
    """
    if tariff["model"] == "matrix":
        amounts = {tuple(values): amount for values, amount in tariff["cells"]}
        of = [(part, amounts.get(tuple(values), tariff["default"])) for values, part in cells]
        return sum((Fraction(part) * Fraction(amount) for part, amount in of), Fraction(0))
    if total < 0:
        return -price(tariff, -total, (), abs(whole))
    match tariff["model"]:
        case "flat":
            return Fraction(tariff["amount"]) if total else Fraction(0)
        case "perunit":
            return total * Fraction(tariff["amount"])
        case "package":
            packages, rest = divmod(total, Fraction(tariff["size"]))
            more = rest > 0 and tariff["remainder"] == "up"
            return (packages + more) * Fraction(tariff["amount"])
    if not total and not tariff.get("flat_at_zero"):
        return Fraction(0)
    tiers = [[None if one is None else Fraction(one) for one in tier] for tier in tariff["tiers"]]
    if tariff["model"] == "graduated":
        return graduated(tiers, total, entered=tariff["flat_due"] == "entered")
    _, unit, flat = next(one for one in tiers if one[0] is None or abs(whole) <= one[0])
    return flat + (total * unit if tariff["model"] == "volume" else 0)


def graduated(tiers: Sequence[Sequence[Any]], total: Fraction, *, entered: bool) -> Fraction:
    """Return each part of a count at the price of its tier, with the flat amounts (R7)."""
    amount, below = (Fraction(0) if total else tiers[0][2]), Fraction(0)
    for bound, unit, flat in tiers:
        top = total if bound is None else min(total, bound)
        if top > below:
            amount += (top - below) * unit + (flat if entered or top == total else 0)
            below = top
    return amount
