"""Explain an issued document to a person: indented arithmetic, each with the rule that it obeys."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from local.errors import LocalCloudError
from local.stores import stores_of
from local.up import Cloud
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.money import EXPONENTS
from solde.storage.find import find_invoice
from solde.workflows.explain_invoice import Derivation, derivation

Node = dict[str, Any]
WIDTH = 78
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
    for one, node in zip(lines, tree["lines"], strict=True):
        if line in (None, one["line"]):
            yield ""
            yield from _line(one, node, tree, document["currency"])
    if line is None:
        yield ""
        yield from _totals(document)


def _line(one: Node, node: Node, tree: Node, code: str) -> Iterator[str]:
    net = _money(one["net"], code)
    name = f"{one['line']}. {one['description']}"
    yield _set(name[:WIDE], net)
    tariff = tree["tariffs"][node["tariff"]]
    service = f"{one['service']['start_on']} to {one['service']['last_on']}"
    yield f"   {service}, price {tariff['price']} version {tariff['version']}: {tariff['model']}"
    if usage := node.get("usage"):
        yield from _usage(usage)
    if node["how"] == "difference":
        yield from _difference(tree["keys"][node["key"]], one, code)
    else:
        yield from _rows(one["steps"])
        if "share" in node:
            yield f"     × {node['share']} of the period (by {tariff['proration']})"
        yield _set("     exact", one["exact"])
    yield from _rounding(one, node, code)
    for off in (*one.get("discounts", ()), *one.get("allowances", ())):
        percent = f" {off['percent']} %" if "percent" in off else ""
        yield _set(f"     less {off['name']}{percent}", _money(-off["amount"], code))
    tax = one["tax"]
    rate = f"{tax['category']} {tax['rate']} %"
    yield _set(f"     its share of the tax {rate} (R2)", _money(tax["amount"], code))


def _usage(usage: Node) -> Iterator[str]:
    if "after" in usage:
        said = f"{usage['after']['total']} measured from {usage['events']} events"
        before = f", {usage['before']['total']} of them before" if "before" in usage else ""
        yield f"     {said}{before}, result {usage['result']}"


def _rows(rows: list[list[str]]) -> Iterator[str]:
    for quantity, amount, exact, label in rows[:MOST_ROWS]:
        yield _set(f"       {quantity} × {amount} {label}".rstrip(), exact)
    if len(rows) > MOST_ROWS:
        yield f"       … and {len(rows) - MOST_ROWS} rows more"


def _difference(key: Node, one: Node, code: str) -> Iterator[str]:
    yield "     what the timeline is worth now, less what was billed of it (R3)"
    for part in key["now"]:
        share = f" × {part['share']}" if "share" in part else ""
        rows = " + ".join(f"{row[0]} × {row[1]}" for row in part.get("rows", ()))
        yield f"       now    {part['start_on']} to {part['end_on']}: ({rows}){share}"
    for document, exact, gross in key["billed"]:
        yield f"       billed {exact} ({_money(gross, code)}) by {document}"
    yield _set("     exact", one["exact"])


def _rounding(one: Node, node: Node, code: str) -> Iterator[str]:
    if before := node.get("before"):
        stood = f"{before['exact']} ({_money(before['gross'], code)})"
        yield f"     rounded on top of {stood}, half away from zero (R3)"
    gross = one["gross"] if "gross" in one else one["net"]
    yield _set("     rounded half away from zero (R1)", _money(gross, code))


def _totals(document: Node) -> Iterator[str]:
    code, totals = document["currency"], document["totals"]
    for off in document.get("allowances", ()):
        yield _set(f"less {off['name']}, inside the net", _money(-off["amount"], code))
    yield _set("net", _money(totals["net"], code))
    for one in document["taxes"]:
        rate = f"tax {one['category']} {one['rate']} % of {_money(one['base'], code)} (R12)"
        yield _set(rate, _money(one["tax"], code))
    if totals.get("rounding"):
        yield _set("rounding (R13)", _money(totals["rounding"], code))
    yield _set("total", _money(totals["gross"], code))
    yield from (f"mention: {one['code']}" for one in document["mentions"])


def _money(minor: int, code: str) -> str:
    return f"{Decimal(minor).scaleb(-EXPONENTS[code]):f}"


def _set(left: str, right: str) -> str:
    return f"{left} {'.' * max(WIDTH - len(left) - len(right), 2)} {right}"
