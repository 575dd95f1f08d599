"""
The derivation tree of late charges: each stretch of days, what was open on it, at which rate (R24).

It tells the interest of an invoice from its due date on: what had settled it by then, the rate of
each half-year, the exact interest of each stretch, what it was rounded on top of, and what earlier
documents charged. That is enough to count every day again.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from solde.domain.explanation.tree import SCHEMA
from solde.domain.invoicing.document import ENGINE
from solde.domain.invoicing.texts import exact_text
from solde.domain.late.charge import Late

Document = Mapping[str, Any]
INTEREST, BEFORE = "interest", "charged_before"
"""How a line comes about: by the names that lines have."""


def late_tree(late: Late, draft: Document) -> dict[str, Any]:
    """Return the tree of a draft of late charges, of what it was computed from."""
    said = draft["late"]
    rates = [{**one, "percent": _percent(one)} for one in said["rates"]]
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "lines": list(_nodes(draft, late, rates)),
        "tariffs": [],
        "late": {
            "due_on": late.owed.due_on.isoformat(),
            "through": said["through"],
            "gross": late.owed.gross.minor,
            "settled": [[one.on.isoformat(), one.minor] for one in late.owed.settled],
            "rates": rates,
            "charged": [[one.id, one.charged.interest, one.charged.fee] for one in late.earlier],
        },
    }


def _percent(rate: Mapping[str, str]) -> str:
    """Return what a rate comes to in percent a year: what was agreed, or reference and points."""
    parts = [rate[name] for name in ("agreed", "reference", "points") if name in rate]
    return exact_text(sum(map(Fraction, parts), Fraction(0)))


def _nodes(draft: Document, late: Late, rates: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    exact, minor = Fraction(0), 0
    charged = iter(place for place, one in enumerate(late.earlier) if one.charged.interest)
    for line in draft["lines"]:
        node: dict[str, Any] = {"how": line["kind"]}
        if line["kind"] == INTEREST:
            node |= {
                "rate": _rate_on(line["service"]["start_on"], rates),
                "settled": late.owed.gross.minor - line["owed"],
            }
            if exact:
                node["before"] = {"exact": exact_text(exact), "gross": minor}
            exact, minor = exact + Fraction(line["exact"]), minor + line["net"]
        elif line["kind"] == BEFORE:
            node["row"] = next(charged)
        yield node


def _rate_on(day: str, rates: list[dict[str, str]]) -> int:
    """Return the number of the rate that counts on a day: the last that has begun."""
    begun = [place for place, one in enumerate(rates) if one.get("from_on", day) <= day]
    return begun[-1]
