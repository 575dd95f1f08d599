"""Say what becomes of an attempt in the sandbox: it is told as a provider would tell it."""

from datetime import datetime

from solde.domain.attempts import PAGE_EXPIRED, Attempt, Decline, Declines, Settles, after
from solde.domain.payments import Received
from solde.ports.gateways import Attempts
from solde.ports.payments import PaymentStore

PAYS, WAITS, DECLINES = "pays", "waits", "declines"


def say_sandbox(
    attempt: Attempt, said: str, at: datetime, *, attempts: Attempts, payments: PaymentStore
) -> Attempt:
    """Settle an attempt or decline it, if it has not ended; all else that is said leaves it."""
    if not attempt.open or attempt.left or said not in (PAYS, DECLINES):
        return attempt
    reference = f"sandbox_{attempt.id}"
    if said == DECLINES:
        moved = after(attempt, Declines(Decline.SOFT, PAGE_EXPIRED, reference), at)
        return moved if attempts.move(attempt, moved) else attempt
    received = Received("sandbox", reference, attempt.amount, attempt.invoice_id, at)
    payments.receive_told(received, attempt.id, at=at)
    moved = after(attempt, Settles(reference, attempt.amount, at), at)
    return moved if attempts.move(attempt, moved) else attempt
