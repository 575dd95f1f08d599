"""What parts of a tree are worth: rows times shares, what a commitment misses, what a cap takes."""

from fractions import Fraction

from verify.arithmetic import major, minor
from verify.tariffs import STEPS, asked, share
from verify.told import Node, Told, days


def worth(told: Told, where: str, tariff: Node, part: Node, period: Node | None = None) -> Fraction:
    """Return rows less rows, times share, times cut; each is what tariff and days say."""
    of = Fraction(part.get("share", 1)) * Fraction(part.get("cut", 1))
    if "commitment" in part:
        return _missing(told, where, tariff, told.tree["commitments"][part["commitment"]]) * of
    if "layers" in part:
        layers = [{**one, "units": one["high"]} for one in part["layers"]]
        return sum((worth(told, where, tariff, one, period) for one in layers), Fraction(0)) * of
    sums, by_steps = Fraction(0), tariff.get("model", STEPS).endswith(STEPS)
    for name, sign in (("rows", 1), ("less", -1)):
        for row in part.get(name, ()):
            product = Fraction(row[0]) * Fraction(row[1])
            outcome = Fraction(row[2]) if row[2:] else product
            if not (by_steps and Fraction(row[1]) == 1):
                told.same(f"{where} row", product, outcome)
            sums += sign * outcome
    if not by_steps:
        low = asked(tariff, {"units": part["low"]}) if "low" in part else 0
        told.same(f"{where} walk", asked(tariff, part) - low, sums)
    if period and tariff["proration"] != "full_period":
        expected = share(tariff["proration"], days(part), days(period))
        told.same(f"{where} share", expected, Fraction(part.get("share", 1)))
    return sums * of


def _missing(told: Told, where: str, tariff: Node, one: Node) -> Fraction:
    """Compare the floor with what was agreed, by days, and with what counts of it (R9)."""
    agreed = _agreed(told, where, tariff, one)
    missing = max(one["floor"] - sum(each["net"] for each in one["counted"]), 0)
    told.same(where, (minor(agreed, told.code), missing), (one["floor"], one["missing"]))
    return major(missing, told.code)


def above(told: Told, where: str, one: Node) -> int:
    """Return what of a line is above its cap: of all that counts by then, less what was before."""
    tariff = told.tree["tariffs"][one["tariff"]]
    most = minor(_agreed(told, where, tariff, one), told.code)
    told.same(f"{where} most", most, one["most"])
    others = {each["product"] for each in one["counted"]} - set(one["eligible"])
    told.same(f"{where} eligible", set(), others if one["eligible"] else set())
    grosses = [each["gross"] for each in one["counted"]]
    first = len(grosses) - one["own"]
    told.same(f"{where} own", min(max(one["own"], 1), len(grosses)), one["own"])
    for other in told.tree["caps"]:
        if other["id"] == one["id"] and len(other["counted"]) <= len(grosses):
            told.same(f"{where} counted", one["counted"][: len(other["counted"])], other["counted"])
    return max(sum(grosses) - most, 0) - max(sum(grosses[:first]) - most, 0)


def _agreed(told: Told, where: str, tariff: Node, one: Node) -> Fraction:
    """Return what is agreed of a limit for its days."""
    agreed = Fraction(0)
    for part in one["parts"]:
        agreed += worth(told, where, tariff, {**part, "units": part["rows"][0][0]})
    return agreed
