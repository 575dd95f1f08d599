"""Gifts as the API speaks of them: top-ups of a wallet that nobody has paid."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from functions.customers.wallet_models import row_shown
from solde.runtime.fields import created_by_id, described
from solde.workflows.gifts import Standing


def gift_shown(one: Standing, customer_id: str, *, livemode: bool) -> dict[str, Any]:
    """Return a gift like a top-up; `left`, `used` and `lost` come to `amount`."""
    gift = one.gift
    return described(
        "top_up",
        id=gift.id,
        wallet=gift.wallet,
        customer=customer_id,
        amount=gift.amount.minor,
        left=one.left,
        used=sum(use.minor for use in one.uses),
        lost=one.lost,
        currency=gift.amount.currency,
        on=gift.on.isoformat(),
        expires_on=gift.until_on.isoformat() if gift.until_on else None,
        uses=[{"invoice": use.invoice_id, "amount": use.minor} for use in one.uses],
        livemode=livemode,
    )


def gifts_moved(found: Sequence[Standing], *, livemode: bool) -> Mapping[str, dict[str, Any]]:
    """Return the movements by their place: what was granted is above zero, the rest below."""
    rows = [row for one in found for row in _granted(one)]
    rows += [row for one in found for row in _used(one)]
    return {f"{place:06d}": row | {"livemode": livemode} for place, row in enumerate(rows)}


def _granted(one: Standing) -> Iterator[dict[str, Any]]:
    gift = one.gift
    row = row_shown("top_up", gift.id, gift.amount.minor, gift.amount)
    yield row | {"on": gift.on.isoformat(), "reference": gift.reference or None}
    if not one.lost:
        return
    kind, on = ("voided", gift.ended_on) if gift.ended_on else ("expired", gift.until_on)
    lost = row_shown(kind, gift.id, one.lost, gift.amount)
    yield lost | {"on": on.isoformat() if on else None, "reference": None}


def _used(one: Standing) -> Iterator[dict[str, Any]]:
    for use in one.uses:
        row = row_shown("used", one.gift.id, use.minor, one.gift.amount)
        yield row | {"invoice": use.invoice_id, "created_at": created_by_id(use.invoice_id)}
