"""Explain an issued document to a person: indented arithmetic, each with the rule that it obeys."""

from collections.abc import Iterator
from typing import Any

from local.errors import LocalCloudError
from local.explain_late import late_told, waived_told
from local.explained import money, set_out
from local.stores import stores_of
from local.up import Cloud
from solde.domain.invoicing.canonical import ENVELOPE
from solde.storage.find import find_invoice
from solde.workflows.explain_invoice import Derivation, derivation

Node = dict[str, Any]
WIDE = 60
MOST_ROWS = 12


class UnexplainedError(LocalCloudError):
    """There is no such document, no such line, or no tree beside it."""


def explain(cloud: Cloud, invoice_id: str, line: int | None) -> Iterator[str]:
    """
    Yield the lines of text that explain a document, or one line of it.

    Raises:
        UnexplainedError: there is nothing to explain.

    """
    stores = stores_of(cloud)
    header = find_invoice(stores.table, invoice_id)
    if header is None:
        raise UnexplainedError(f"expected the id of an invoice or credit note, found {invoice_id}")
    yield from told(derivation(header, stores.archive), line)


def told(found: Derivation, line: int | None = None) -> Iterator[str]:
    document, tree = found.document, found.tree
    said = document[ENVELOPE]
    yield f"{document['kind'].replace('_', ' ')} {said['number']} of {said['issued_on']}"
    yield f"  {document['customer']['name']}, amounts in {document['currency']}"
    lines = document["lines"]
    if line is not None and not 1 <= line <= len(lines):
        raise UnexplainedError(f"line: expected 1 to {len(lines)}, found {line}")
    for name, tells in (("late", late_told), ("waived", waived_told)):
        if name in tree:
            yield from tells(document, tree, line)
            return
    for one, node in zip(lines, tree["lines"], strict=True):
        if line in (None, one["line"]):
            yield ""
            yield from _line(one, node, tree, document["currency"])
    if line is None:
        yield ""
        yield from _totals(document, tree)


def _line(one: Node, node: Node, tree: Node, code: str) -> Iterator[str]:
    net = money(one["net"], code)
    name = f"{one['line']}. {one['description']}"
    yield set_out(name[:WIDE], net)
    service = f"{one['service']['start_on']} to {one['service']['last_on']}"
    if node["how"] == "of_order":
        yield from _of_order(tree["deposit"], node["row"], code)
    elif "row" in node:
        yield f"   {service}"
        yield from _given_back(tree["asked"]["left"][node["row"]], one, code)
    else:
        tariff = tree["tariffs"][node["tariff"]]
        price = f"price {tariff['price']} version {tariff['version']}: {tariff['model']}"
        yield f"   {service}, {price}"
        yield from _arithmetic(one, node, tree, code)
        yield from _rounding(one, node, code)
    for number in node.get("off", {}).get("caps", ()):
        yield from _cap(tree["caps"][number], code)
    for off in (*one.get("discounts", ()), *one.get("allowances", ())):
        percent = f" {off['percent']} %" if "percent" in off else ""
        yield set_out(f"     less {off['name']}{percent}", money(-off["amount"], code))
    tax = one["tax"]
    rate = f"{tax['category']} {tax['rate']} %"
    yield set_out(f"     its share of the tax {rate} (R2)", money(tax["amount"], code))


def _arithmetic(one: Node, node: Node, tree: Node, code: str) -> Iterator[str]:
    """Yield what the exact amount is the outcome of, by the kind of the node."""
    if usage := node.get("usage"):
        yield from _usage(usage)
    if "key" in node:
        yield from _difference(tree["keys"][node["key"]], tree, code)
    elif "commitment" in node:
        yield from _commitment(tree["commitments"][node["commitment"]], code)
    elif "layers" in node:
        yield from (f"       {_product(each)}" for each in node["layers"])
    else:
        yield from _rows(one["steps"])
    yield from _factors(node, tree["tariffs"][node["tariff"]]["proration"])
    for part in one.get("credited", ()):
        yield set_out(
            f"     with {part['exact']} of credits by hand in it", money(part["net"], code)
        )
    yield set_out("     exact", one["exact"])


def _factors(node: Node, policy: str) -> Iterator[str]:
    if "share" in node:
        yield f"     × {node['share']} of the period (by {policy})"
    if "cut" in node:
        yield f"     × {node['cut']} of the days, which have this rate of tax"


def _product(part: Node) -> str:
    """Write a part of an amount: its days, its rows, and what they are multiplied by."""
    rows = " + ".join(map(_row, part.get("rows", ())))
    less = "".join(f" - {_row(row)}" for row in part.get("less", ()))
    factors = "".join(f" × {part[name]}" for name in ("share", "cut") if name in part)
    return f"{part['start_on']} to {part['end_on']}: ({rows}{less}){factors}"


def _row(row: list[str]) -> str:
    quantity, amount, *outcome = row
    return outcome[0] if outcome else f"{quantity} × {amount}"


def _commitment(one: Node, code: str) -> Iterator[str]:
    yield from (f"       agreed {_product(each)}" for each in one["parts"])
    yield set_out("     the least of the period, rounded", money(one["floor"], code))
    yield from _counted("less", [{**each, "minor": -each["net"]} for each in one["counted"]], code)
    yield set_out("     missing, at least nothing", money(one["missing"], code))


def _cap(one: Node, code: str) -> Iterator[str]:
    """Yield why something of usage is above a cap; what was above before is of other lines."""
    yield from (f"       agreed {_product(each)}" for each in one["parts"])
    yield set_out("     the most of the period, rounded", money(one["most"], code))
    rows = [{**each, "minor": each["gross"]} for each in one["counted"]]
    yield from _counted("counts", rows, code)
    upto, before = (
        max(sum(each["minor"] for each in mine) - one["most"], 0)
        for mine in (rows, rows[: len(rows) - one["own"]])
    )
    said = f", less {money(before, code)} above before" if before else ""
    yield set_out(f"     above it{said}", money(upto - before, code))


def _counted(how: str, rows: list[Node], code: str) -> Iterator[str]:
    for each in rows[:MOST_ROWS]:
        name = f"       {how} price {each['price']} {each['start_on']} to {each['end_on']}"
        yield set_out(name[:WIDE], money(each["minor"], code))
    if more := rows[MOST_ROWS:]:
        rest = sum(each["minor"] for each in more)
        yield set_out(f"       … and {len(more)} charges more", money(rest, code))


def _of_order(said: Node, row: int, code: str) -> Iterator[str]:
    """Yield how much of an order a deposit is, and the part of it at one of the order's rates."""
    percent = f", {said['percent']} % of it" if "percent" in said else ""
    order, one = money(said["order"], code), said["rates"][row]
    yield set_out(f"     deposit on an order of {order}{percent}", money(said["amount"], code))
    yield set_out(f"     the order at {one['rate']}, with tax", money(one["of"], code))
    yield set_out("     its share of the deposit, with tax (R2)", money(one["amount"], code))


def _given_back(row: Node, one: Node, code: str) -> Iterator[str]:
    original = one["corrects"]
    yield set_out(
        f"     line {row['line']} of {original['number']} charged",
        money(row["charged"], code),
    )
    yield set_out("     left of the line", money(row["of_line"], code))
    yield set_out("     left of its charge", money(row["of_charge"], code))
    yield set_out(f"     left at its rate {row['rate']}", money(row["of_rate"], code))
    yield set_out("     given back by hand", money(row["amount"], code))


def _usage(usage: Node) -> Iterator[str]:
    if "after" in usage:
        said = f"{usage['after']['total']} measured from {usage['events']} events"
        before = f", {usage['before']['total']} of them before" if "before" in usage else ""
        yield f"     {said}{before}, result {usage['result']}"


def _rows(rows: list[list[str]]) -> Iterator[str]:
    for quantity, amount, exact, label in rows[:MOST_ROWS]:
        yield set_out(f"       {quantity} × {amount} {label}".rstrip(), exact)
    if len(rows) > MOST_ROWS:
        yield f"       … and {len(rows) - MOST_ROWS} rows more"


def _difference(key: Node, tree: Node, code: str) -> Iterator[str]:
    yield "     what the timeline is worth now, less what was billed of it (R3)"
    for part in key["now"]:
        if "commitment" in part:
            yield from _commitment(tree["commitments"][part["commitment"]], code)
        for each in part.get("layers", () if "commitment" in part else (part,)):
            yield f"       now    {_product(each)}"
        if "layers" in part and "cut" in part:
            yield f"       all of it × {part['cut']}"
    for document, exact, gross in key["billed"]:
        yield f"       billed {exact} ({money(gross, code)}) by {document}"
    yield from (f"       other documents bill {exact}" for exact in key.get("elsewhere", ()))
    yield from (f"       {exact} comes to nothing" for exact in key.get("untold", ()))
    for each in key.get("credits", ()):
        yield from _credit(each, code)


def _credit(one: Node, code: str) -> Iterator[str]:
    stands = "0, withdrawn" if one.get("withdrawn") else f"{one['stands']} ÷ {one['held']}"
    yield f"       credit {money(one['amount'], code)} by hand on {one['invoice']}: × {stands}"
    for document, exact, minor in one["billed"]:
        yield f"         of it {exact} ({money(minor, code)}) by {document}"


def _rounding(one: Node, node: Node, code: str) -> Iterator[str]:
    if before := node.get("before"):
        stood = f"{before['exact']} ({money(before['gross'], code)})"
        yield f"     rounded on top of {stood}, half away from zero (R3)"
    gross = one["gross"] if "gross" in one else one["net"]
    yield set_out("     rounded half away from zero (R1)", money(gross, code))


def _totals(document: Node, tree: Node) -> Iterator[str]:
    code, totals = document["currency"], document["totals"]
    for off in document.get("allowances", ()):
        yield set_out(f"less {off['name']}, inside the net", money(-off["amount"], code))
    yield set_out("net", money(totals["net"], code))
    for one in document["taxes"]:
        rate = f"tax {one['category']} {one['rate']} % of {money(one['base'], code)} (R12)"
        yield set_out(rate, money(one["tax"], code))
    yield from _back(document, tree, code)
    if totals.get("rounding"):
        yield set_out("rounding (R13)", money(totals["rounding"], code))
    yield set_out("total", money(totals["gross"], code))
    yield from (f"mention: {one['code']}" for one in document["mentions"])


def _back(document: Node, tree: Node, code: str) -> Iterator[str]:
    numbers = {one["id"]: one["number"] for one in document.get("corrects", ())}
    for one in tree.get("back", ()):
        if one["original"] in numbers:
            upto, before = money(one["before"] + one["base"], code), one.get("tax_before")
            said = f"  of {numbers[one['original']]}: {one['rate']} of all {upto} taken back (R14)"
            yield said if before is None else f"{said}, less {money(before, code)} before"
