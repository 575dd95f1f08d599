"""Refund: asked for here, sent to the provider once, and booked when its webhook tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from solde.domain.errors import NotFoundError, StateConflictError, StoreUnavailableError
from solde.domain.payments import BANK, SEPA, Payment, refund_asked
from solde.ports.refunds import Provider, RefundAsked, Refunds, RefundStatus, Refused

ATTEMPTS = 5
BY_HAND = (BANK, SEPA)
"""Banks pay nothing back that was paid to us: a person sends it."""
REPEATED_WITHIN = timedelta(hours=20)
"""Providers forget an idempotency key after a day: what is older is never sent again by itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`id` is the same for the same request; without an amount, all that may go back."""

    id: str
    minor: int | None = None
    reason: str = ""


def ask_refund(payment: Payment, wanted: Wanted, at: datetime, store: Refunds) -> RefundAsked:
    """
    Store that a payment shall be paid back; asked again, it is the same request.

    Nothing is booked by it: that money went back is told by the provider.

    Raises:
        InvalidError: more is wanted than is left of the payment, or than is credit.
        StateConflictError: nothing is left or credit, the id is that of another request, or
            nobody can be asked for it.
        StoreUnavailableError: the payment moved again and again.

    """
    if payment.provider in BY_HAND:
        raise StateConflictError(
            f"payment: expected one of a provider that pays back, found {payment.provider}: "
            "send the money by a transfer"
        )
    for _ in range(ATTEMPTS):
        if known := store.known(payment.customer_id, wanted.id):
            if (known.payment_id, known.asked) != (payment.id, wanted.minor):
                raise StateConflictError("Idempotency-Key: expected one not in use for another")
            return known
        read = store.payment(payment.id) or payment
        amount = refund_asked(read, store.credit(read), wanted.minor)
        asked = RefundAsked(
            id=wanted.id,
            payment_id=read.id,
            customer_id=read.customer_id,
            provider=read.provider,
            reference=read.reference,
            amount=amount,
            total=read.refunded_minor + read.refunding_minor + amount.minor,
            asked_at=at,
            reason=wanted.reason,
            asked=wanted.minor,
        )
        if store.ask(read, asked):
            return asked
    raise StoreUnavailableError(f"{payment.id}: moved {ATTEMPTS} times meanwhile")


def send_refund(
    customer_id: str,
    refund_id: str,
    at: datetime,
    *,
    store: Refunds,
    provider_of: Callable[[str], Provider],
) -> RefundStatus:
    """
    Send a request that was stored, and keep what the provider says; a second time does no harm.

    Raises:
        NotFoundError: there is no such request.
        ProviderUnavailableError: no answer; send it again under the same id.
        StoreUnavailableError: the payment moved again and again; repeat it.

    """
    wanted = store.known(customer_id, refund_id)
    if wanted is None:
        raise NotFoundError(f"refund: expected one asked for, found {refund_id!r}")
    if wanted.status is not RefundStatus.ASKED:
        return wanted.status
    if at - wanted.asked_at > REPEATED_WITHIN:
        store.unknown(wanted)
        return RefundStatus.UNKNOWN
    answer = provider_of(wanted.provider).refund(wanted)
    if isinstance(answer, Refused):
        return _refused(wanted, answer, store)
    store.sent(wanted, answer.provider_id)
    return RefundStatus.SENT


def _refused(wanted: RefundAsked, answer: Refused, store: Refunds) -> RefundStatus:
    for _ in range(ATTEMPTS):
        payment = store.payment(wanted.payment_id)
        if payment is None:
            raise NotFoundError(f"payment: expected {wanted.payment_id}, found none")
        if store.refused(payment, wanted, answer.reason):
            return RefundStatus.REFUSED
        now = store.known(wanted.customer_id, wanted.id)
        if now and now.status is not RefundStatus.ASKED:
            return now.status
    raise StoreUnavailableError(f"{wanted.payment_id}: moved {ATTEMPTS} times meanwhile")
