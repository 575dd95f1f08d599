"""Hear: a debit that came back ends its attempt, or opens the invoice that it had settled."""

from dataclasses import dataclass, replace
from datetime import datetime

from solde.domain.attempts import Decline
from solde.domain.banking.debit import DebitState, kind_of
from solde.domain.banking.returned import Returned, from_body, to_body
from solde.domain.errors import NotFoundError
from solde.domain.payments import RETURNED, SEPA, Declined, Disputed
from solde.ports.debits import Debits, Mandates
from solde.ports.gateways import Attempts
from solde.ports.payments import Delivery, PaymentStore


@dataclass(frozen=True, slots=True)
class ReturnContext:
    debits: Debits
    mandates: Mandates
    attempts: Attempts
    payments: PaymentStore


def receive_return(one: Returned, at: datetime, payments: PaymentStore) -> bool:
    """Store what a bank tells of a debit of ours, once; False if it is known, or of another."""
    return one.ours and payments.receive(Delivery(SEPA, one.name, to_body(one), at))


def hear_return(body: bytes, at: datetime, context: ReturnContext) -> Declined | Disputed:
    """
    Keep that a debit came back, and return what follows from it; a second time it is the same.

    Raises:
        NotFoundError: it is none of ours.

    """
    said = from_body(body)
    debit = context.debits.debit(said.debit_id)
    if debit is None:
        raise NotFoundError(f"debit: expected one of ours, found {said.end_to_end!r:.50}")
    context.debits.ended(replace(debit, state=DebitState.RETURNED, code=said.code))
    kind = kind_of(said.code)
    mandate = context.mandates.mandate(debit.customer_id, debit.mandate_id)
    if kind is Decline.HARD and mandate and mandate.usable:
        context.mandates.end(replace(mandate, stopped=said.code))
    taken = Disputed(
        provider=SEPA,
        reference=debit.end_to_end,
        dispute=said.code,
        amount=debit.amount,
        at=at,
        fee=said.fee,
        kind=RETURNED,
    )
    # Told before anything is decided: a payment that is being booked meanwhile finds it.
    context.payments.dispute_told(taken)
    attempt = context.attempts.attempt(debit.customer_id, debit.invoice_id, debit.number)
    booked = context.payments.payment(SEPA, debit.end_to_end)
    if attempt and attempt.open and booked is None:
        return Declined(
            provider=SEPA,
            reference=debit.end_to_end,
            invoice_id=debit.invoice_id,
            code=said.code,
            at=at,
            customer_id=debit.customer_id,
            attempt=debit.number,
            kind=kind,
        )
    return taken
