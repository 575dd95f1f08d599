"""Tell an attempt of ours what a webhook said of it, in whatever order it comes."""

from datetime import datetime

from solde.domain.attempts import Declines, Settles, after, told_declined
from solde.domain.payments import Approved, Declined, Received
from solde.ports.gateways import Attempts

TRIES = 5


def tell_attempt(fact: Received | Declined | Approved, at: datetime, attempts: Attempts) -> bool:
    """Move the attempt that a fact names; False when it names none, or none that moves by it."""
    if not fact.attempt or not fact.customer_id:
        return False
    for _ in range(TRIES):
        read = attempts.attempt(fact.customer_id, fact.invoice_id, fact.attempt)
        if read is None or read.provider != fact.provider:
            return False
        if isinstance(fact, Approved):
            return read.open and attempts.wake(read, at)
        if isinstance(fact, Received):
            moved = after(read, Settles(fact.reference, fact.amount, fact.at), at)
        else:
            moved = told_declined(read, Declines(fact.kind, fact.code, fact.reference), at)
        if moved == read:
            return False
        if attempts.move(read, moved):
            return True
    return False
