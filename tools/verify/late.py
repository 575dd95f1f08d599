"""Late charges: every day counted again, from the due date on (R24)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from verify.arithmetic import major, minor
from verify.told import NOTHING, Node, Told, days

YEAR = 365
FEE = 4000
"""Forty euros, once for each invoice."""
ONE_DAY = timedelta(days=1)


class Day(NamedTuple):
    """What was open on a day that is late, and which rate counted."""

    on: date
    base: int
    rate: int


def check_late(told: Told) -> None:
    """Count what each late day bears, and compare lines, sums and what was charged before."""
    said, late = told.tree["late"], told.document["late"]
    every = {one.on: one for one in _late_days(said)}
    told.same("through", max(every, default=None), date.fromisoformat(said["through"]))
    for name in ("through", "settled"):
        told.same(name, said[name], late[name])
    _rates(told, said["rates"], late["rates"])
    told.same("invoice", (said["due_on"], said["gross"]), _named(late["invoice"]))
    told.same("lines", [one["how"] for one in told.nodes], [one["kind"] for one in told.lines])
    seen, exact, whole = list[date](), Fraction(0), 0
    for line in told.lines:
        if line["kind"] == "interest":
            mine = list(_on(line["service"]))
            seen += mine
            exact, whole = _stretch(told, line, [every.get(day) for day in mine], (exact, whole))
    told.same("days", sorted(every), seen)
    _charged(told, said["charged"], whole)


def check_waived(told: Told) -> None:
    """Take of each part no more than was charged and not taken back before; outside VAT."""
    said, document = told.tree["waived"], told.document
    for name, one in said.items():
        most = min(one["amount"], one["charged"] - one["before"])
        told.same(name, (max(most, 0), most), (one["amount"], document["waived"][name]))
    parts = {"interest": said["interest"], "recovery_fee": said["fee"]}
    wanted = [(name, one["amount"]) for name, one in parts.items() if one["amount"]]
    told.same("lines", wanted, [(one["kind"], one["net"]) for one in told.lines])
    names = ["fee" if name == "recovery_fee" else name for name, _ in wanted]
    told.same("parts", names, [one["of"] for one in told.nodes])
    (original,) = document["corrects"]
    told.same("corrects", (_whole(told), []), (original["amount"], original["taxes"]))


def check_sums(told: Told) -> None:
    """Sum the lines: what is not the fee is interest."""
    lines, late, gross = told.lines, told.document["late"], _whole(told)
    fee = sum(one["net"] for one in lines if one["kind"] == "recovery_fee")
    told.same("interest and fee", (gross - fee, fee), (late["interest"], late["fee"]))


def _whole(told: Told) -> int:
    """Sum the lines; late charges bear no tax, and nothing pays them in advance."""
    told.same("numbers", list(range(1, len(told.lines) + 1)), [one["line"] for one in told.lines])
    gross = sum(one["net"] for one in told.lines)
    sums = {"net": gross, "tax": 0, "gross": gross, "prepaid": 0, "due": gross}
    told.same("totals", (sums, []), (told.document["totals"], told.document["taxes"]))
    return gross


def _late_days(said: Node) -> Iterator[Day]:
    """Yield the days after the due date on which something is open: paid on a day, it still is."""
    day, last = date.fromisoformat(said["due_on"]) + ONE_DAY, date.fromisoformat(said["through"])
    settled = [(date.fromisoformat(on), part) for on, part in said["settled"]]
    starts = [date.fromisoformat(one.get("from_on", "0001-01-01")) for one in said["rates"]]
    while day <= last:
        base = said["gross"] - sum(part for on, part in settled if on < day)
        if base > 0:
            begun = [at for at, start in enumerate(starts) if start <= day]
            yield Day(day, base, begun[-1])
        day += ONE_DAY


def _stretch(
    told: Told, line: Node, mine: Sequence[Day | None], before: tuple[Fraction, int]
) -> tuple[Fraction, int]:
    """Prove a line: one base and one rate on all its days, rounded on top of those before it."""
    where, node = f"line {line['line']}", told.node(line)
    rate = told.tree["late"]["rates"][node["rate"]]["percent"]
    base = told.tree["late"]["gross"] - node["settled"]
    told.same(where, {(base, node["rate"])}, {one and (one.base, one.rate) for one in mine})
    told.same(f"{where} rate", (base, Fraction(rate)), (line["owed"], Fraction(line["percent"])))
    told.same(f"{where} days", len(mine), line["days"])
    part = major(base, told.code) * Fraction(rate) / 100 * len(mine) / YEAR
    told.same(f"{where} exact", part, Fraction(line["exact"]))
    stood = node.get("before", NOTHING)
    told.same(f"{where} before", before, (Fraction(stood["exact"]), stood["gross"]))
    exact = before[0] + part
    told.same(f"{where} rounded", minor(exact, told.code) - before[1], line["net"])
    return exact, minor(exact, told.code)


def _charged(told: Told, earlier: Sequence[Any], whole: int) -> None:
    """Take off what earlier documents charged; ask for the fee where none of them has."""
    for line in told.lines:
        node = told.node(line)
        if line["kind"] == "charged_before":
            name, interest, _ = earlier[node["row"]]
            told.same(name, (name, -interest), (line["document"]["id"], line["net"]))
        elif line["kind"] == "recovery_fee":
            told.same(f"line {line['line']}", FEE, line["net"])
    late = told.document["late"]
    told.same("interest", whole, sum(one[1] for one in earlier) + late["interest"])
    told.same("fee", FEE, sum(one[2] for one in earlier) + late["fee"])


def _rates(told: Told, said: Sequence[Node], shown: Sequence[Node]) -> None:
    """Compare rates with those that the document names; each is what it is made of."""
    names = ("agreed", "reference", "points")
    for at, one in enumerate(said):
        percent = sum(Fraction(one[name]) for name in names if name in one)
        told.same(f"rate {at}", percent, Fraction(one["percent"]))
    bare = [{name: part for name, part in one.items() if name != "percent"} for one in said]
    told.same("rates", bare, list(shown))


def _named(invoice: Mapping[str, Any]) -> tuple[str, int]:
    return invoice["due_on"], invoice["gross"]


def _on(service: Node) -> Iterator[date]:
    day, end = days(service)
    while day < end:
        yield day
        day += ONE_DAY
