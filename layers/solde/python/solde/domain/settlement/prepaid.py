"""
Credit that the next invoice uses (R21): known at the plan, printed, and taken when it is issued.

By rank, then the first to expire, then the oldest (R22), each for what it is good for. What of it
is gone again by the time of issue leaves the invoice open by as much; the document, which says
what was planned, does not change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from solde.domain.invoicing.amounts import counted
from solde.domain.invoicing.draft import INVOICE
from solde.domain.invoicing.taken import rate_key
from solde.domain.settlement.cover import Part, Source, cover, for_all, in_order
from solde.domain.settlement.funds import EVERYTHING
from solde.domain.settlement.lot import Lot

Document = Mapping[str, Any]
Planned = Mapping[str, int]
"""Minor units by the id of a lot."""


class Used(NamedTuple):
    """
    Minor units that settle a document at issue, and the tax that was due on them before.

    `advance` is what of it was owed for deposits and top-ups that were sold, without their tax;
    `lost` by how much the tax of what was lost of them is another, as it is counted after this.
    """

    minor: int = 0
    tax: int = 0
    advance: int = 0
    lost: int = 0


def prepay(documents: Sequence[Document], lots: Sequence[Lot], on: date) -> tuple[Document, ...]:
    """
    Return drafts with the credit that each uses on a day: its invoices, one after the other.

    A deposit is deducted from what its order comes to, as far as it was paid.
    """
    usable = {one.id: one for one in lots if not one.to_refund}
    left = {one.id: one.left.minor for one in usable.values()}
    ordered = in_order((one.source for one in usable.values()), on)
    found = []
    for document in documents:
        mine = [
            one._replace(left=left[one.id])
            for one in ordered
            if usable[one.id].left.currency == document["currency"]
        ]
        used = _used(document, mine) if document["kind"] == INVOICE else {}
        for lot_id, minor in used.items():
            left[lot_id] -= minor
        found.append(_with(document, used, usable) if used else document)
    return tuple(found)


def for_any_invoice(lots: Iterable[Lot]) -> list[Lot]:
    """Return the lots that may settle whatever is open already, in the order in which they do."""
    free = {one.id: one for one in lots if not one.to_refund and not _particular(one)}
    return [free[one.id] for one in in_order((one.source for one in free.values()), None)]


def _particular(lot: Lot) -> bool:
    """Tell whether money is for some charges only, or its tax is deducted on a document."""
    held = lot.funds
    return held is not None and bool(held.order or held.tax or held.scope != EVERYTHING)


def prepaid_of(document: Document) -> Planned:
    """Return what a document says to be paid by credit, by lot."""
    return {one["id"]: one["amount"] for one in document.get("prepaid", ())}


def taken_at_issue(
    documents: Sequence[Document], lots: Mapping[str, Lot]
) -> tuple[list[Used], dict[str, Lot]]:
    """
    Return how much credit settles each closed document, and the lots that have moved by it.

    Never more than is left now, whatever was planned.
    """
    after, settled = dict(lots), []
    for document in documents:
        total = tax = advance = lost = 0
        for lot_id, planned in prepaid_of(document).items():
            if lot := after.get(lot_id):
                minor = min(planned, lot.left.minor)
                moved = lot.moved(-minor).moved(minor, document["envelope"]["id"])
                after[lot_id] = moved
                total += minor
                tax += moved.tax_used - lot.tax_used
                lost += moved.tax_lost - lot.tax_lost
                advance += lot.booked - moved.booked if lot.invoiced else 0
        settled.append(Used(total, tax, advance, lost))
    return settled, {name: lot for name, lot in after.items() if lots[name] != lot}


def _used(document: Document, sources: Sequence[Source[int]]) -> Planned:
    scoped = not all(for_all(one) for one in sources)
    return cover(sources, list(_parts(document)) if scoped else (), document["totals"]["due"])


def _parts(document: Document) -> Iterator[Part[int]]:
    """Yield what each line comes to with its share of the tax."""
    for line in document["lines"]:
        tax = line["tax"]
        minor = line["with_tax"] if "with_tax" in line else counted(line) + tax["amount"]
        rate = rate_key(tax["category"], tax["rate"])
        yield Part(minor, line["kind"], line["product"]["id"], rate, order_of(line))


def order_of(line: Mapping[str, Any]) -> str:
    """Return the order of the buyer that a line names, if any."""
    return str(line.get("subscription", {}).get("references", {}).get("purchase_order", ""))


def _with(document: Document, used: Planned, lots: Mapping[str, Lot]) -> Document:
    totals = document["totals"]
    prepaid = totals["prepaid"] + sum(used.values())
    said = [_said(lots[lot_id], minor) for lot_id, minor in used.items()]
    return {
        **document,
        "prepaid": [*document.get("prepaid", ()), *said],
        "totals": {**totals, "prepaid": prepaid, "due": totals["gross"] - prepaid},
    }


def _said(lot: Lot, minor: int) -> Mapping[str, Any]:
    """Name what pays; of a deposit or single-purpose wallet the tax that was due at receipt."""
    said: dict[str, Any] = {"id": lot.id, "amount": minor}
    if lot.funds is None:
        return said
    said["deposit" if lot.funds.order else "wallet"] = lot.funds.wallet
    if lot.funds.request:
        said["deposit"] = lot.funds.request
    if lot.funds.tax:
        said["tax"] = lot.moved(-minor).tax_used - lot.tax_used
    if lot.funds.number:
        said["number"] = lot.funds.number
    if lot.funds.number and lot.on:
        said["issued_on"] = lot.on.isoformat()
    return said
