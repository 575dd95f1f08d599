"""The lines of a document: how each comes to its exact amount, and what that is rounded to."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from verify.arithmetic import added, major, minor, rounded, split
from verify.discounts import check_discounts
from verify.told import NOTHING, Node, Told, base, days, exact
from verify.worth import worth

TIMED = ("advance", "arrears")
ONE = Fraction(1)


def check_lines(told: Told) -> None:
    numbers = list(range(1, len(told.nodes) + 1))
    told.same("lines", numbers, [line["line"] for line in told.lines])
    for line in told.lines:
        _exact(told, f"line {line['line']}", line)
        _amounts(told, f"line {line['line']}", line)
    for at, key in enumerate(told.tree.get("keys", ())):
        _key(
            told,
            f"key {at}",
            key,
            [line for line in told.lines if told.node(line).get("key") == at],
        )


def check_asked(told: Told) -> None:
    """Take what was asked of a note by hand of what is left of each line, and no more."""
    if (asked_for := told.tree.get("asked")) is None:
        return
    for at, one in enumerate(asked_for["left"]):
        least = max(min(one["of_line"], one["of_charge"], one["of_rate"]), 0)
        told.same(f"asked {at}", least, one["left"])
        told.same(f"asked {at}", min(max(one["amount"], 0), least), one["amount"])
    given = sum(one["amount"] for one in asked_for["left"])
    whole = {"whole": sum(one["left"] for one in asked_for["left"]), "lines": given}
    told.same("asked", whole.get(asked_for["how"], asked_for.get("amount")), given)


def check_deposit(told: Told) -> None:
    """Take a deposit's part of its order, and spread it over the order's rates (R22)."""
    if (said := told.tree.get("deposit")) is None:
        return
    rates, amount = said["rates"], said["amount"]
    if "percent" in said:
        amount = rounded(said["order"] * Fraction(said["percent"]) / 100)
    told.same("deposit", amount, said["amount"])
    told.same("order", sum(one["of"] for one in rates), said["order"])
    parts = split(amount, [one["of"] for one in rates])
    told.same("deposit by rate", parts, [one["amount"] for one in rates])
    told.same("deposit left", min(amount, said["order"] - said["already"]), amount)


def _exact(told: Told, where: str, line: Node) -> None:
    """Walk the tariff of a line for its count, times its share of the period."""
    node, how = told.node(line), told.node(line)["how"]
    for one in (line["service"], line["period"]):
        last = date.fromisoformat(one["last_on"]).toordinal()
        told.same(f"{where} days", last + 1, days(one)[1].toordinal())
    if how == "given_back":
        row = told.tree["asked"]["left"][node["row"]]
        shown = told.gross(line) + told.sign * sum(one["net"] for one in line.get("credited", ()))
        told.same(
            where, (row["line"], -row["amount"]), (line["corrects"].get("line", row["line"]), shown)
        )
        return
    if how == "of_order":
        amount = told.tree["deposit"]["rates"][node["row"]]["amount"]
        told.same(f"{where} exact", major(amount, told.code), exact(line))
        return
    tariff = told.tree["tariffs"][node["tariff"]]
    said = line["price"]["id"], line["price"]["version"]
    told.same(f"{where} price", (tariff["price"], tariff["version"]), said)
    if how == "walk":
        rows = [row[:3] for row in line["steps"]]
        part = {**line["service"], "units": line["units"], "rows": rows, **node}
        period = line["period"] if line["kind"] in TIMED else None
        told.same(f"{where} exact", worth(told, where, tariff, part, period), exact(line))
        _counted(told, where, line, node.get("usage"))
    elif how in ("layers", "commitment"):
        told.same(f"{where} exact", worth(told, where, tariff, node, line["period"]), exact(line))
    elif how == "credit":
        told.same(f"{where} exact", 0, exact(line))
    elif how != "difference":
        told.found.append(f"{where}: expected how it comes about, found {how}")


def _counted(told: Told, where: str, line: Node, usage: Node | None) -> None:
    if usage is None:
        return
    units = Fraction(usage["after"]["total"]) - Fraction(usage.get("before", {"total": 0})["total"])
    found = Fraction(line["units"]), line["count"]
    told.same(f"{where} count", (units, usage["events"]), found)


def _amounts(told: Told, where: str, line: Node) -> None:
    """Round a line on top of what its key stood at; then take its discounts off (R3, R8)."""
    node = told.node(line)
    if line["kind"] != "usage":
        told.same(f"{where} count", 0, line["count"])
    before = node.get("before", NOTHING)
    upto = minor(Fraction(before["exact"]) + exact(line), told.code)
    if node["how"] not in ("credit", "given_back"):
        told.same(f"{where} rounded", upto - before["gross"], told.gross(line))
    check_discounts(told, where, line, upto)
    off = sum(one["amount"] for one in line.get("discounts", ()))
    shares = sum(one["amount"] for one in line.get("allowances", ()))
    net = line.get("with_tax", line["net"]) + (shares if told.policy and "base" in line else 0)
    told.same(f"{where} gross", net + off, line.get("gross", net + off))
    told.same(f"{where} base", net - (shares if "base" in line else 0), base(line))
    said = line["expression"]
    product = Fraction(said["quantity"]) * Fraction(said["price"]) / said["base_quantity"]
    told.same(f"{where} expression", minor(product, told.code), line.get("gross", net))
    if said["unit"] != "DAY" and abs(Fraction(said["quantity"])) != 1:
        units = told.sign * Fraction(line["units"])
        told.same(f"{where} quantity", units, Fraction(said["quantity"]))
    if unit := line["price"].get("unit"):
        worth = Fraction(unit["amount"]) * Fraction(unit["value"])
        told.same(f"{where} {unit['code']}", worth, Fraction(line["exact"]))


def _key(told: Told, where: str, key: Node, lines: Sequence[Node]) -> None:
    """Take what was billed of a key from what it is worth now: that is what its lines bill (R3)."""
    first = lines[0]
    tariff = told.tree["tariffs"][told.node(first)["tariff"]]
    period = first["period"] if first["kind"] in TIMED else None
    now = sum((worth(told, where, tariff, part, period) for part in key["now"]), Fraction(0))
    here, gross = added(row[1] for row in key["billed"]), sum(row[2] for row in key["billed"])
    others = [*key["elsewhere"], *key["untold"]]
    for line in lines:
        if not others and told.node(line)["how"] != "credit":
            before = told.node(line).get("before", NOTHING)
            told.same(
                f"{where} before", (here, gross), (Fraction(before["exact"]), before["gross"])
            )
        here += exact(line)
        gross = minor(here, told.code)
    told.same(where, now - added(others), here)
    for one in key.get("credits", ()):
        _credit(told, f"{where} credit {one['id']}", one, lines)


def _credit(told: Told, where: str, one: Node, lines: Sequence[Node]) -> None:
    """Give a credit by hand back in step with the days and units that it was given on (R4)."""
    stands = Fraction(one["stands"])
    if "served" in one:
        held = sum(count * Fraction(units) for count, units in one["served"])
        told.same(f"{where} stands", held / (one["of"][0] * Fraction(one["of"][1])), stands)
    stands = Fraction(0) if one.get("withdrawn") else min(stands / Fraction(one["held"]), ONE)
    more = -major(one["amount"], told.code) * stands - added(row[1] for row in one["billed"])
    parts = [each for line in lines for each in line.get("credited", ()) if each["id"] == one["id"]]
    others = [*one["elsewhere"], *one["untold"]]
    found = added([*(each["exact"] for each in parts), *(row[0] for row in others)])
    told.same(where, more, found)
    net = sum(told.sign * each["net"] for each in parts) + sum(row[1] for row in others)
    before = one.get("before", NOTHING)
    upto = minor(Fraction(before["exact"]) + more, told.code) if "before" in one else 0
    told.same(f"{where} rounded", upto - before["gross"], net)
