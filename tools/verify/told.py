"""A document beside its tree, and what of it is not as it follows."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from verify.arithmetic import Rate, added

Node = Mapping[str, Any]
NOTHING: Node = {"exact": "0", "gross": 0}


class Told:
    """`found` is what differs; `sign` is that of the amounts of the document's kind."""

    def __init__(self, document: Node, tree: Node) -> None:
        self.document, self.tree, self.found = document, tree, list[str]()
        self.code, self.policy = document["currency"], document.get("inclusive", "")
        self.sign = -1 if document["kind"] == "credit_note" else 1
        self.lines, self.nodes = document["lines"], tree["lines"]

    def same(self, where: str, expected: object, found: object) -> None:
        if expected != found:
            self.found.append(f"{where}: expected {expected}, found {found}")

    def node(self, line: Node) -> Node:
        node: Node = self.nodes[line["line"] - 1]
        return node

    def gross(self, line: Node) -> int:
        """Return what a line says of its price: before discounts, without credits by hand."""
        off = [*line.get("discounts", ()), *line.get("allowances", ())]
        shown = base(line) + sum(one["amount"] for one in off)
        credited: int = sum(one["net"] for one in line.get("credited", ()))
        return self.sign * (shown - credited)


def exact(line: Node) -> Fraction:
    """Return the exact amount of a line's price: without credits by hand."""
    return Fraction(line["exact"]) - added(one["exact"] for one in line.get("credited", ()))


def base(line: Node) -> int:
    """Return what is taxed of a line: with its tax where prices include it."""
    minor: int = line.get("base", line.get("with_tax", line["net"]))
    return minor


def rate(one: Node) -> Rate:
    return one["category"], one["rate"]


def days(one: Node) -> tuple[date, date]:
    return date.fromisoformat(one["start_on"]), date.fromisoformat(one["end_on"])
