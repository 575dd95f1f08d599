"""The taxes and totals of a document, and what a credit note gives back (R12 to R14)."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from verify.arithmetic import Rate, extracted, major, minor, rounded, signed
from verify.told import Node, Told, base, rate


def check_totals(told: Told) -> None:
    taxes, totals = told.document["taxes"], told.document["totals"]
    net, tax = (sum(one[name] for one in taxes) for name in ("base", "tax"))
    gross = sum(one.get("with_tax", one["base"] + one["tax"]) for one in taxes)
    off = sum(one["amount"] for one in told.document.get("allowances", ()))
    paid = sum(one["amount"] for one in told.document.get("prepaid", ()))
    expected = {"net": net, "tax": tax, "gross": gross, "prepaid": paid, "due": gross - paid}
    if told.policy:
        expected["rounding"] = gross - net - tax
    if "allowances" in told.document:
        expected |= {"lines": (gross if told.policy else net) + off, "allowances": off}
    told.same("totals", expected, totals)
    for name, most in (("start_on", min), ("end_on", max), ("last_on", max)):
        expected_on = most(line["service"][name] for line in told.lines)
        told.same(name, expected_on, told.document["period"][name])


def check_taxes(told: Told) -> None:
    """Tax each category and rate once, and show that on its lines by largest remainder (R2)."""
    rates, by_line = defaultdict[Rate, list[Node]](list), "tax_level" in told.document
    for line in told.lines:
        rates[rate(line["tax"])].append(line)
    found = {rate(one): one for one in told.document["taxes"]}
    told.same("taxes", sorted(rates), sorted(found))
    for of_rate, lines in rates.items():
        one, bases = found[of_rate], [base(line) for line in lines]
        whole, taxes = sum(bases), [extracted(each, of_rate, "")[1] for each in bases]
        net, tax = extracted(whole, of_rate, told.policy)
        if told.sign < 0:
            net, tax = _back(told, of_rate, lines)
        elif by_line:
            tax = sum(taxes)
        said = one["base"], one["tax"], one.get("with_tax", whole)
        told.same(f"{of_rate}", (net, tax, whole), said)
        net_of, tax_of = extracted(sum(max(each, 0) for each in bases), of_rate, told.policy)
        shown = taxes if by_line else signed(bases, tax, tax_of)
        told.same(f"{of_rate} shares", shown, [line["tax"]["amount"] for line in lines])
        if told.policy:
            nets = signed(bases, net, net_of)
            told.same(f"{of_rate} nets", nets, [line["net"] for line in lines])


def check_originals(told: Told) -> None:
    """Compare the originals and rates that a note names with those that it takes of."""
    named = [
        (one["id"], "/".join(rate(tax)))
        for one in told.document.get("corrects", ())
        for tax in one["taxes"]
    ]
    of = [(one["original"], one["rate"]) for one in told.tree.get("back", ()) if one["original"]]
    told.same("corrects", sorted(of), sorted(named))


def _back(told: Told, of_rate: Rate, lines: Sequence[Node]) -> tuple[int, int]:
    """Give back, of each original, the tax of all that was taken back, less that before (R14)."""
    net = tax = 0
    for one in told.tree["back"]:
        if one["rate"] != "/".join(of_rate):
            continue
        of = [each for each in lines if each.get("corrects", {"id": ""})["id"] == one["original"]]
        told.same("back", sum(map(base, of)), one["base"])
        more = _more(told, of_rate, one)
        for original in told.document["corrects"] if one["original"] else ():
            for said in original["taxes"]:
                if (original["id"], rate(said)) == (one["original"], of_rate):
                    stands = said["before"], said["base"], said["tax"]
                    told.same("back tax", (one["before"], *more), stands)
        net, tax = net + more[0], tax + more[1]
    return net, tax


def _more(told: Told, of_rate: Rate, one: Node) -> tuple[int, int]:
    """Return base and tax of what goes back; what is beyond the supply has no tax to give."""
    whole = one["before"] + one["base"]
    upto = min(whole, one.get("supplied", whole))
    before = min(one["before"], upto)
    now, then = (extracted(each, of_rate, told.policy) for each in (upto, before))
    tax = now[1]
    if "charged" in one:
        tax = rounded(Fraction(one["charged"] * upto, one["supplied"]))
    return now[0] - then[0] + one["base"] - (upto - before), tax - one["tax_before"]


def check_accounting(told: Told) -> None:
    """Convert tax to the currency of the books, once a rate; that of a note as its originals'."""
    booked = told.document.get("accounting")
    if booked is None:
        return
    sums, code = defaultdict[Rate, int](int), booked["currency"]
    if told.sign > 0:
        for one in told.document["taxes"]:
            sums[rate(one)] += _converted(told, one["tax"], booked["rate"], code)
    else:
        rates = {one["id"]: one["accounting"]["rate"] for one in told.document["corrects"]}
        for original in told.document["corrects"]:
            for one in original["taxes"]:
                name = original["id"], "/".join(rate(one))
                before = next(
                    each["tax_before"]
                    for each in told.tree["back"]
                    if (each["original"], each["rate"]) == name
                )
                upto = _converted(told, before + one["tax"], rates[original["id"]], code)
                sums[rate(one)] += upto - _converted(told, before, rates[original["id"]], code)
    told.same("booked", dict(sums), {rate(one): one["tax"] for one in booked["taxes"]})
    told.same("booked in all", sum(sums.values()), booked["tax"])


def _converted(told: Told, tax: int, at: str, code: str) -> int:
    return minor(major(tax, told.code) / Fraction(at), code)
