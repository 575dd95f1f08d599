"""Late charges explained to a person: each stretch of days, then what was charged before."""

from collections.abc import Iterator
from typing import Any

from local.explained import money, set_out

Node = dict[str, Any]


def late_told(document: Node, tree: Node, line: int | None = None) -> Iterator[str]:
    """Yield the arithmetic of late charges, or of one line of them (R24)."""
    code, late = document["currency"], tree["late"]
    for one, node in zip(document["lines"], tree["lines"], strict=True):
        if line in (None, one["line"]):
            yield ""
            yield from _line(one, node, late, code)
    if line is None:
        yield ""
        yield from _sums(document, code)


def waived_told(document: Node, tree: Node, line: int | None = None) -> Iterator[str]:
    """Yield what a note takes back of late charges, and what was left of them."""
    code, (original,) = document["currency"], document["corrects"]
    for one, node in zip(document["lines"], tree["lines"], strict=True):
        if line in (None, one["line"]):
            said = tree["waived"][node["of"]]
            yield ""
            yield set_out(f"{one['line']}. {node['of']} waived", money(one["net"], code))
            yield set_out(f"     charged by {original['number']}", money(said["charged"], code))
            yield set_out("     taken back before", money(-said["before"], code))
    if line is None:
        yield ""
        yield set_out("total, outside VAT", money(document["totals"]["gross"], code))


def _line(one: Node, node: Node, late: Node, code: str) -> Iterator[str]:
    net = money(one["net"], code)
    if node["how"] == "interest":
        service = one["service"]
        name = f"interest {service['start_on']} to {service['last_on']}"
        yield set_out(f"{one['line']}. {name}", net)
        yield set_out("     the invoice, due on " + late["due_on"], money(late["gross"], code))
        yield set_out("     settled by then", money(-node["settled"], code))
        yield f"     × {one['percent']} % a year ({_rate(late['rates'][node['rate']])})"
        yield f"     × {one['days']} days ÷ 365"
        yield set_out("     exact", one["exact"])
        if before := node.get("before"):
            stood = f"{before['exact']} ({money(before['gross'], code)})"
            yield f"     rounded on top of {stood}, once for the invoice (R1, R24)"
    elif node["how"] == "charged_before":
        name, interest, _ = late["charged"][node["row"]]
        yield set_out(f"{one['line']}. charged before by {one['document']['number']}", net)
        yield set_out(f"     interest of {name}", money(interest, code))
    else:
        yield set_out(f"{one['line']}. recovery fee, once for the invoice (R24)", net)


def _rate(rate: Node) -> str:
    if "agreed" in rate:
        return "agreed"
    return f"{rate['reference']} of {rate['from_on']} and {rate['points']} points"


def _sums(document: Node, code: str) -> Iterator[str]:
    late = document["late"]
    yield set_out("interest, less what was charged before", money(late["interest"], code))
    yield set_out("fee", money(late["fee"], code))
    yield set_out("total, outside VAT", money(document["totals"]["gross"], code))
