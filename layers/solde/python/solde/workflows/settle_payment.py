"""Settle: what a stored delivery tells is booked once, whatever the order and number of events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from solde.domain.errors import SoldeError, StoreUnavailableError
from solde.domain.payments import (
    Approved,
    Declined,
    Disputed,
    Irrelevant,
    MethodStored,
    Misfit,
    Payment,
    PaymentFact,
    Received,
    Refunded,
    allocate,
    dispute_step,
    refund_step,
)
from solde.ports.gateways import Attempts
from solde.ports.payments import DeliveryStatus, PaymentStore
from solde.workflows.tell_attempt import tell_attempt

ATTEMPTS = 5
Read = Callable[[bytes], PaymentFact]


def settle_delivery(
    provider: str,
    event_id: str,
    *,
    read: Read,
    at: datetime,
    store: PaymentStore,
    attempts: Attempts | None = None,
) -> DeliveryStatus:
    """
    Work a delivery from the queue; a second time changes nothing.

    With `attempts`, one of ours that it names is told what became of it.

    Raises:
        StoreUnavailableError: others moved the same invoice again and again; repeat it.

    """
    delivery = store.delivery(provider, event_id)
    if delivery is None or delivery.status is not DeliveryStatus.OPEN:
        return delivery.status if delivery else DeliveryStatus.PARKED
    try:
        fact = read(delivery.body)
        outcome = _settle(fact, at, store)
        if attempts and isinstance(fact, (Received, Declined, Approved)):
            tell_attempt(fact, at, attempts)
    except SoldeError as wrong:
        if wrong.retryable:
            raise
        outcome = Misfit(str(wrong))
    status = DeliveryStatus.PARKED if isinstance(outcome, Misfit) else DeliveryStatus.DONE
    store.finish(delivery, status, outcome.reason if isinstance(outcome, Misfit) else outcome)
    return status


def _settle(fact: PaymentFact, at: datetime, store: PaymentStore) -> str | Misfit:
    match fact:
        case Received():
            return _receive(fact, at, store)
        case Refunded():
            return _refund(fact, at, store)
        case Disputed():
            return _dispute(fact, at, store)
        case Declined():
            return f"declined: {fact.code}"
        case Approved():
            return f"approved: {fact.reference}"
        case MethodStored():
            return f"method: {fact.token}"
        case Irrelevant():
            return f"kept: {fact.kind}"


def _receive(received: Received, at: datetime, store: PaymentStore) -> str | Misfit:
    for _ in range(ATTEMPTS):
        known = store.reference(received.provider, received.reference)
        payment, told = known.payment, bool(known.refunded or known.disputes)
        if payment is None:
            booked = _book(received, at, store, told=told)
            if isinstance(booked, Misfit):
                return booked
            if booked and not told:
                return f"booked: {booked.id}"
            payment = booked
        if payment is not None:
            return _give_back(payment, at, store)
    raise StoreUnavailableError(f"payment {received.reference}: overtaken {ATTEMPTS} times")


def _book(
    received: Received, at: datetime, store: PaymentStore, *, told: bool
) -> Payment | Misfit | None:
    invoice = store.open_invoice(received.invoice_id) if received.invoice_id else None
    if invoice is None:
        return Misfit(f"invoice: expected one of ours, found {received.invoice_id!r}")
    allocation = allocate(received, invoice.due)
    if isinstance(allocation, Misfit):
        return allocation
    return store.book(received, invoice, allocation, at=at, told=told)


def _give_back(payment: Payment, at: datetime, store: PaymentStore) -> str | Misfit:
    """Book refunds and disputes that were told before their payment was."""
    known = store.reference(payment.provider, payment.reference)
    for one in known.disputes:
        found = _bank(one, at, store)
        if isinstance(found, Misfit):
            return found
    if known.refunded > payment.refunded_minor:
        found = _refund(_told(payment, known.refunded, at), at, store)
        if isinstance(found, Misfit):
            return found
    return f"booked: {payment.id}"


def _told(payment: Payment, total_minor: int, at: datetime) -> Refunded:
    total = type(payment.amount)(total_minor, payment.amount.currency)
    return Refunded(payment.provider, payment.reference, total, at)


def _refund(told: Refunded, at: datetime, store: PaymentStore) -> str | Misfit:
    store.refund_told(told)
    for _ in range(ATTEMPTS):
        payment = store.payment(told.provider, told.reference)
        if payment is None:
            return "kept until its payment comes"
        step = refund_step(payment, told)
        if isinstance(step, Misfit):
            return step
        if step is None or store.book_refund(payment, step, total_minor=told.total.minor, at=at):
            return f"refunded: {payment.id}"
    raise StoreUnavailableError(f"refund {told.reference}: overtaken {ATTEMPTS} times")


def _dispute(told: Disputed, at: datetime, store: PaymentStore) -> str | Misfit:
    """Book all that is known of the payment's disputes: they may be told in any order."""
    said: str | Misfit = "kept until its payment comes"
    for one in store.dispute_told(told):
        said = _bank(one, at, store)
        if isinstance(said, Misfit):
            return said
    return said


def _bank(told: Disputed, at: datetime, store: PaymentStore) -> str | Misfit:
    """Book once what a bank took, or what it gave back of what it took."""
    for _ in range(ATTEMPTS):
        payment = store.payment(told.provider, told.reference)
        if payment is None:
            return "kept until its payment comes"
        if store.dispute_booked(payment, told):
            return f"{'won' if told.won else 'disputed'}: {payment.id}"
        if told.won:
            if not store.dispute_booked(payment, replace(told, won=False)):
                return "kept until it is told what was taken"
            store.book_restored(payment, told, at=at)
            continue
        step = dispute_step(payment, told)
        if isinstance(step, Misfit):
            return step
        store.book_dispute(payment, told, step, at=at)
    raise StoreUnavailableError(f"dispute {told.dispute}: overtaken {ATTEMPTS} times")
