"""The tree of a deposit: its part of the order, split over the order's rates (R22)."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.domain.explanation.tree import SCHEMA
from solde.domain.invoicing.document import ENGINE
from solde.domain.invoicing.taken import rate_key

Document = Mapping[str, Any]
OF_ORDER = "of_order"


def of_deposit(
    order: Document, deposit: Document, *, percent: str = "", already: int = 0
) -> dict[str, Any]:
    """
    Return the tree of a deposit, of which `order` is the draft that it is for.

    `percent` is what was asked for of the order, where no amount was; deposits of `already` minor
    units were asked for before.
    """
    amounts = {_rate(one): one["with_tax"] for one in deposit["taxes"]}
    rates = list(_rates(order, amounts))
    places = {row["rate"]: place for place, row in enumerate(rates)}
    said = {"order": order["totals"]["gross"], "already": already}
    if percent:
        said["percent"] = percent
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "lines": [{"how": OF_ORDER, "row": places[_rate(one["tax"])]} for one in deposit["lines"]],
        "tariffs": [],
        "deposit": {**said, "amount": deposit["totals"]["gross"], "rates": rates},
    }


def _rates(order: Document, amounts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield what the order comes to at each rate, with its tax, and what is asked for of it."""
    for one in order["taxes"]:
        rate = _rate(one)
        whole = one.get("with_tax", one["base"] + one["tax"])
        yield {"rate": rate, "of": whole, "amount": amounts.get(rate, 0)}


def _rate(tax: Mapping[str, Any]) -> str:
    return rate_key(tax["category"], tax["rate"])
