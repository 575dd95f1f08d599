"""What is asked of payments, and refunds as the API says them."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from solde.domain.payments import Payment
from solde.ports.refunds import RefundAsked, RefundStatus
from solde.runtime.fields import Strict, described, instant_text

CONFIRMED = "confirmed"


class NewRefund(Strict):
    """`amount` in minor units; without it, all that is credit and left of the payment."""

    amount: int | None = Field(default=None, ge=1, le=10**15)
    reason: str = Field(default="", max_length=200)


def refund_shown(one: RefundAsked, payment: Payment, *, livemode: bool) -> dict[str, Any]:
    """Return a refund; it is `confirmed` once the provider has told that so much went back."""
    status = one.status.value
    if one.status is RefundStatus.SENT and payment.refunded_minor >= one.total:
        status = CONFIRMED
    return described(
        "refund",
        id=one.id,
        payment=one.payment_id,
        customer=one.customer_id,
        amount=one.amount.minor,
        currency=one.amount.currency,
        status=status,
        reason=one.reason,
        provider_id=one.provider_id or None,
        created_at=instant_text(one.asked_at),
        livemode=livemode,
    )


def rates_shown(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what of an invoice a payment settled by rate of tax when it was booked."""
    return [
        {"category": category, "rate": rate, "amount": minor}
        for name, minor in sorted(item.get("rates", {}).items())
        for category, _, rate in [name.partition("/")]
    ]
