"""Discounts of lines and of the document, taken one after the other (R8, R9)."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from verify.arithmetic import rounded, spread
from verify.told import Node, Told, rate
from verify.worth import above


def check_discounts(told: Told, where: str, line: Node, upto: int) -> None:
    """Take the discounts of a line of the key's rounded amount, less what was taken before (R8)."""
    found = {one["id"]: told.sign * one["amount"] for one in line.get("discounts", ())}
    off = told.node(line).get("off", {})
    if "left" in off:
        left = Fraction(off["left"])
        after = {name: rounded(minor * left) for name, minor in off["billed"]}
    else:
        after = _taken(off, max(upto, 0))
        _capped(told, where, off)
    had = dict(off.get("had", ()))
    more = {name: after.get(name, 0) - had.get(name, 0) for name in {**had, **after}}
    told.same(f"{where} discounts", {name: one for name, one in more.items() if one}, found)
    percents = {name: of for name, of in off.get("grants", ()) if isinstance(of, str)}
    for one in line.get("discounts", ()):
        told.same(where, percents.get(one["id"], one.get("percent")), one.get("percent"))


def _capped(told: Told, where: str, off: Node) -> None:
    """Compare what is taken off for caps with what is above them."""
    caps = [told.tree["caps"][at] for at in off.get("caps", ())]
    over = {one["id"]: above(told, f"{where} {one['id']}", one) for one in caps}
    said = {name: of for name, of in off.get("grants", ()) if name.startswith("cap:")}
    told.same(f"{where} caps", over, said)


def _taken(off: Node, gross: int) -> dict[str, int]:
    """Take grants off one after the other, each of what is left; never more than all."""
    after, left, full = {}, gross, gross
    for place, (name, of) in enumerate(off.get("grants", ()), 1):
        amount = rounded(of * Fraction(off.get("share", 1))) if isinstance(of, int) else 0
        if isinstance(of, str):
            amount = rounded((full if "of_full" in off else left) * Fraction(of) / 100)
        after[name] = min(amount, left)
        left -= after[name]
        full = left if place <= off.get("of_full", 0) else full
    return after


def check_allowances(told: Told) -> None:
    """Take each discount of the document of what is left of its lines, and spread it (R9)."""
    nets = []
    for line in told.lines:
        off = sum(one["amount"] for one in line.get("discounts", ()))
        nets.append(told.sign * told.gross(line) - off)
    left, sums = list(nets), defaultdict[object, int](int)
    for one in told.tree.get("allowances", ()):
        for places in _periods(told, one):
            given = [_given(told.lines[at], one) for at in places]
            rates = [rate(told.lines[at]["tax"]) for at in places]
            bases, whole = [left[at] for at in places], sum(given)
            if "percent" in one:
                of = sum(nets[at] for at in places) if "of_full" in one else sum(bases)
                whole = min(rounded(of * Fraction(one["percent"]) / 100), sum(bases))
            told.same(f"allowance {one['id']}", spread(whole, bases, rates), given)
            for at, of_rate, part in zip(places, rates, given, strict=True):
                left[at] -= part
                sums[one["id"], one.get("percent"), *of_rate] += part
    found = {
        (one["id"], one.get("percent"), *rate(one["tax"])): one["amount"]
        for one in told.document.get("allowances", ())
    }
    told.same("allowances", {name: off for name, off in sums.items() if off}, found)


def _periods(told: Told, one: Node) -> Sequence[Sequence[int]]:
    """Return the lines that share a discount: an amount is good for one billing period."""
    if "percent" in one or "gift" in one:
        return [[at - 1 for at in one["lines"]]]
    periods = defaultdict[str, list[int]](list)
    for at in one["lines"]:
        periods[told.lines[at - 1]["period"]["start_on"]].append(at - 1)
    return [places for _, places in sorted(periods.items())]


def _given(line: Node, one: Node) -> int:
    off = [each for each in line.get("allowances", ()) if each["id"] == one["id"]]
    return sum(each["amount"] for each in off if each.get("percent") == one.get("percent"))
