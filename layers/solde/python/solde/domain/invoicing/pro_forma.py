"""A pro forma: what an invoice would say, of a kind and series of its own; nothing is owed."""

from collections.abc import Mapping, Sequence
from typing import Any

from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.draft import INVOICE, PRO_FORMA
from solde.domain.invoicing.envelope import Range, envelope

Document = Mapping[str, Any]
OF_INVOICES = ("prepaid", "accounting")
"""What is said only where something is owed: the credit that pays it, the tax that is booked.

So is the profile of structured invoices: no machine is to take it for one.
"""


def pro_formas(drafts: Sequence[Document]) -> list[Document]:
    """Return what the invoices among some drafts would say; no credit of the customer is used."""
    return [_as_pro_forma(one) for one in drafts if one["kind"] == INVOICE]


def numbered(draft: Document, taken: Range, rank: int) -> dict[str, Any]:
    """Return the closed document with this rank (from 0) in the range; it is due on no day."""
    said = envelope(draft, taken, rank)
    return close(draft, {name: value for name, value in said.items() if name != "due_on"})


def _as_pro_forma(draft: Document) -> Document:
    said = {name: part for name, part in draft.items() if name not in OF_INVOICES}
    entity = {name: part for name, part in draft["entity"].items() if name != "e_invoice"}
    totals = {**draft["totals"], "prepaid": 0, "due": draft["totals"]["gross"]}
    return {**said, "kind": PRO_FORMA, "entity": entity, "totals": totals}
