"""Tax that waits for payment (44574), and what facts move of it to the tax that is owed (4457)."""

from collections.abc import Mapping
from typing import Any

from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.invoicing.taken import rate_key
from solde.domain.ledger.chart import VAT, VAT_WAITING
from solde.domain.tax.chargeability import AT_PAYMENT, Taxes, moved


def waiting_of(document: Mapping[str, Any]) -> dict[str, int]:
    """
    Return the tax of a document that waits for its payment, by category and rate.

    Of a credit note none does: what it settles makes the tax of its invoice chargeable, and its own
    takes as much back at once.
    """
    if document.get("tax_due") != AT_PAYMENT or document["kind"] == CREDIT_NOTE:
        return {}
    waits = {
        rate_key(line["tax"]["category"], line["tax"]["rate"])
        for line in document["lines"]
        if line["tax"].get("due", {}).get("at") == AT_PAYMENT
    }
    taxes = {rate_key(one["category"], one["rate"]): one["tax"] for one in document["taxes"]}
    return {key: tax for key, tax in taxes.items() if key in waits}


def of_settlement(waiting: Taxes, total: int, *, before: int, after: int) -> Mapping[str, int]:
    """Return the movements when more of an invoice is settled, or less."""
    minor = moved(waiting, total, before=before, after=after)
    return {VAT_WAITING: minor, VAT: -minor} if minor else {}
