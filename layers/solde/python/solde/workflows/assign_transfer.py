"""Assign: a person says which invoice a transfer pays, or takes that back; each is a new record."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from solde.domain.banking.rounds import (
    assigned_name,
    is_transfer,
    reference_of,
    undone_name,
)
from solde.domain.banking.transfer import Transfer, from_body
from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.domain.invoicing.draft import NOTES
from solde.domain.money import Money
from solde.domain.payments import BANK, UNDONE, Disputed, Misfit, Payment, PaymentFact, allocate
from solde.ports.banking import Bank
from solde.ports.billing import Header
from solde.ports.payments import Delivery, DeliveryStatus, PaymentStore
from solde.workflows.settle_payment import settle_delivery


@dataclass(frozen=True, slots=True)
class AssignContext:
    """`reader` gives who reads a delivery of the bank, by its name."""

    bank: Bank
    payments: PaymentStore
    reader: Callable[[str], Callable[[bytes], PaymentFact]]


def assign_transfer(
    transfer_id: str, invoice: Header, at: datetime, context: AssignContext
) -> Payment:
    """
    Book a parked transfer on an invoice; what it has too much is the customer's credit.

    Raises:
        NotFoundError: there is no such transfer.
        InvalidError: its currency is another, or its entity.
        StateConflictError: it is not parked.

    """
    delivery, transfer = _read(transfer_id, context)
    fits = allocate(transfer.received(invoice.id, ""), invoice.due)
    if isinstance(fits, Misfit):
        raise InvalidError(fits.reason, pointer="/invoice")
    if invoice.kind in NOTES:
        raise InvalidError(
            f"invoice: expected one that is paid, found {invoice.number}, a {invoice.kind}",
            pointer="/invoice",
        )
    if invoice.entity != transfer.entity:
        raise InvalidError(
            f"invoice: expected one of {transfer.entity}, found one of {invoice.entity}",
            pointer="/invoice",
        )
    number = _round(transfer_id, context)
    reference, name = reference_of(transfer_id, number), assigned_name(transfer_id, number)
    told = context.payments.delivery(BANK, name)
    if told is None:
        if delivery.status is not DeliveryStatus.PARKED:
            raise StateConflictError(
                f"transfer: expected it parked, found {delivery.status.value}, {delivery.note}"
            )
        context.payments.receive_told(transfer.received(invoice.id, reference), name, at=at)
    _settled(name, at, context)
    payment = context.payments.payment(BANK, reference)
    if payment is None or payment.invoice_id != invoice.id:
        raise StateConflictError("transfer: expected it parked, found it assigned to another")
    context.bank.learn(payment.customer_id, transfer.entry.iban)
    context.payments.finish(delivery, DeliveryStatus.DONE, f"assigned: {payment.id}")
    return payment


def undo_assignment(
    transfer_id: str, reason: str, at: datetime, context: AssignContext
) -> Delivery:
    """
    Take a transfer off what it was booked on, however it came there; it is parked again.

    Raises:
        NotFoundError: there is no such transfer.
        StateConflictError: it is not booked, or something of it went back.

    """
    delivery, _ = _read(transfer_id, context)
    number = _round(transfer_id, context)
    payment = context.payments.payment(BANK, reference_of(transfer_id, number))
    if payment is None:
        if number == 1 or delivery.status is DeliveryStatus.PARKED:
            raise StateConflictError("transfer: expected it booked, found it is not")
    else:
        if payment.left_minor != payment.amount.minor:
            raise StateConflictError(
                f"payment: expected nothing gone back, found {payment.left_minor} left of "
                f"{payment.amount.minor}"
            )
        name = undone_name(transfer_id, number)
        context.payments.receive(Delivery(BANK, name, _undone_body(payment, at), at))
        _settled(name, at, context)
    context.payments.finish(delivery, DeliveryStatus.PARKED, f"undone: {reason}")
    return context.payments.delivery(BANK, transfer_id) or delivery


def read_undone(body: bytes) -> Disputed:
    """Return what a delivery of ours tells that undoes an assignment."""
    said = json.loads(body)
    return Disputed(
        provider=BANK,
        reference=said["reference"],
        dispute=UNDONE,
        amount=Money(said["amount"], said["currency"]),
        at=datetime.fromisoformat(said["at"]),
        kind=UNDONE,
    )


def _undone_body(payment: Payment, at: datetime) -> bytes:
    fields = {
        "schema": 1,
        "reference": payment.reference,
        "amount": payment.amount.minor,
        "currency": payment.amount.currency,
        "at": at.isoformat(),
    }
    return json.dumps(fields, sort_keys=True).encode()


def _read(transfer_id: str, context: AssignContext) -> tuple[Delivery, Transfer]:
    found = context.payments.delivery(BANK, transfer_id) if is_transfer(transfer_id) else None
    if found is None:
        raise NotFoundError(f"transfer: {no_id('btx', transfer_id)}")
    return found, from_body(found.body)


def _round(transfer_id: str, context: AssignContext) -> int:
    """Return the number of the assignment that stands or comes next: one more than were undone."""
    number = 1
    while context.payments.delivery(BANK, undone_name(transfer_id, number)):
        number += 1
    return number


def _settled(name: str, at: datetime, context: AssignContext) -> None:
    """Settle at once what a queue would settle in a moment: who is first, does it."""
    settle_delivery(BANK, name, read=context.reader(name), at=at, store=context.payments)
