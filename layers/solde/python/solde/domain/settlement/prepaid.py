"""
Credit that the next invoice uses (R21): known at the plan, printed, and taken when it is issued.

Oldest credit first. What of it is gone again by the time of issue leaves the invoice open by as
much; the document, which says what was planned, does not change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from solde.domain.invoicing.draft import INVOICE
from solde.domain.settlement.lot import Lot

Document = Mapping[str, Any]
Planned = Mapping[str, int]
"""Minor units by the id of a lot."""


def prepay(documents: Sequence[Document], lots: Sequence[Lot]) -> tuple[Document, ...]:
    """Return drafts with the credit that each uses: its invoices, one after the other."""
    left = {one.id: one.left.minor for one in lots}
    ordered = oldest_first(lots)
    found = []
    for document in documents:
        used = dict(_used(document, ordered, left)) if document["kind"] == INVOICE else {}
        for lot_id, minor in used.items():
            left[lot_id] -= minor
        found.append(_with(document, used) if used else document)
    return tuple(found)


def oldest_first(lots: Iterable[Lot]) -> list[Lot]:
    """Return the lots that may settle something, in the order in which they do."""
    return sorted((one for one in lots if not one.to_refund), key=_age)


def prepaid_of(document: Document) -> Planned:
    """Return what a document says to be paid by credit, by lot."""
    return {one["id"]: one["amount"] for one in document.get("prepaid", ())}


def taken_at_issue(
    documents: Sequence[Document], lots: Mapping[str, Lot]
) -> tuple[list[int], dict[str, Lot]]:
    """
    Return how much credit settles each closed document, and the lots that have moved by it.

    Never more than is left now, whatever was planned.
    """
    after, settled = dict(lots), []
    for document in documents:
        total = 0
        for lot_id, planned in prepaid_of(document).items():
            if lot := after.get(lot_id):
                minor = min(planned, lot.left.minor)
                after[lot_id] = lot.moved(-minor).moved(minor, document["envelope"]["id"])
                total += minor
        settled.append(total)
    return settled, {name: lot for name, lot in after.items() if lots[name] != lot}


def _used(
    document: Document, lots: Sequence[Lot], left: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    due, code = document["totals"]["due"], document["currency"]
    for lot in lots:
        minor = min(due, left[lot.id])
        if minor > 0 and lot.left.currency == code:
            due -= minor
            yield lot.id, minor


def _with(document: Document, used: Planned) -> Document:
    totals = document["totals"]
    prepaid = totals["prepaid"] + sum(used.values())
    return {
        **document,
        "prepaid": [{"id": lot_id, "amount": minor} for lot_id, minor in used.items()],
        "totals": {**totals, "prepaid": prepaid, "due": totals["gross"] - prepaid},
    }


def _age(lot: Lot) -> tuple[date, str]:
    return lot.on or date.min, lot.id
