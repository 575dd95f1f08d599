"""The credit of a customer as the API says it."""

from typing import Any

from solde.domain.settlement import Lot
from solde.runtime.fields import created_by_id, described

SOURCES = {
    "pay": "payment",
    "crn": "credit_note",
    "lcn": "credit_note",
    "lot": "top_up",
    "inv": "deposit",
}


def _source(lot: Lot) -> str:
    return SOURCES.get(lot.id.partition("_")[0], "other")


def credit_shown(lot: Lot, *, livemode: bool) -> dict[str, Any]:
    """`id` is that of the payment, credit note or deposit that it is the rest of."""
    return described(
        "credit",
        id=lot.id,
        customer=lot.customer_id,
        entity=lot.entity or None,
        source="top_up" if lot.funds and lot.funds.request else _source(lot),
        left=lot.left.minor,
        currency=lot.left.currency,
        on=lot.on.isoformat() if lot.on else None,
        rest="refund" if lot.to_refund else "credit",
        uses=[{"invoice": one.invoice_id, "amount": one.minor} for one in lot.uses],
        created_at=created_by_id(lot.id),
        livemode=livemode,
    )
