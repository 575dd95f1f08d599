"""
What credit notes settle when they are issued (R15, R19).

Each its own invoices first, as far as they are open and as it takes back of them; then invoices
issued beside it; the rest is credit of the customer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.draft import NOTES
from solde.domain.settlement.lot import Use

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Minor units: by note what it was used for and what is over, by invoice what it received."""

    uses: Mapping[str, tuple[Use, ...]]
    rest: Mapping[str, int]
    received: Mapping[str, int]


def settle_notes(closed: Sequence[Document], left: Mapping[str, int]) -> Settlement:
    """Return what the notes among documents settle; `left` is what earlier invoices have open."""
    open_ = Counter(left)
    beside = []
    for document in closed:
        if document["kind"] not in NOTES:
            beside.append(document[ENVELOPE]["id"])
            open_[document[ENVELOPE]["id"]] = document["totals"]["due"]
    uses: dict[str, tuple[Use, ...]] = {}
    rests: dict[str, int] = {}
    received: Counter[str] = Counter()
    for document in closed:
        if document["kind"] in NOTES:
            mine, rest = _settled(document, beside, open_)
            uses[document[ENVELOPE]["id"]] = mine
            rests[document[ENVELOPE]["id"]] = rest
            for one in mine:
                received[one.invoice_id] += one.minor
    return Settlement(uses, rests, received)


def _settled(
    note: Document, beside: Sequence[str], open_: Counter[str]
) -> tuple[tuple[Use, ...], int]:
    """Use a note up, and take what it is used for off what is open."""
    rest = note["totals"]["gross"]
    uses: Counter[str] = Counter()
    wanted = [(one["id"], _gross(one)) for one in note.get("corrects", ())]
    wanted += [(invoice_id, rest) for invoice_id in beside]
    for invoice_id, most in wanted:
        minor = min(most, rest, open_[invoice_id])
        if minor > 0:
            uses[invoice_id] += minor
            open_[invoice_id] -= minor
            rest -= minor
    return tuple(Use(*one) for one in uses.items()), rest


def _gross(original: Mapping[str, Any]) -> int:
    """Return what a note takes back of one original, with tax; late charges have none."""
    if "amount" in original:
        return int(original["amount"])
    return sum(one.get("with_tax", one["base"] + one["tax"]) for one in original["taxes"])
