"""Payments and refunds as stored: each booked once, with its journal entry inside."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from solde.domain.errors import StateConflictError
from solde.domain.identity import derived_id, instant_of
from solde.domain.ledger import also, entry_of_payment
from solde.domain.money import Money
from solde.domain.payments import DISPUTED, Allocation, Disputed, Payment, Received, Refunded
from solde.domain.settlement import Lot, disputed, refunded, restored
from solde.ports.billing import Header
from solde.ports.payments import Reference
from solde.storage import keys
from solde.storage.deliveries import DeliveryTable
from solde.storage.deposits import filled
from solde.storage.find import find_invoice
from solde.storage.lots import credited, lot_put
from solde.storage.open_months import open_day
from solde.storage.outbox import announcement
from solde.storage.payment_items import payment_from_item, payment_to_item
from solde.storage.settling import paid
from solde.storage.table import (
    Absent,
    Below,
    Check,
    ConditionFailedError,
    Item,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)
from solde.storage.withdrawals import (
    REFUND,
    RESTORED,
    Moved,
    Standing,
    open_of,
    standing,
    taken_from_item,
    writes,
)


class PaymentTable(DeliveryTable):
    """The port `PaymentStore` over the table."""

    def __init__(self, table: Table, now: Callable[[], datetime] | None = None) -> None:
        """`now` tells the business instant; without it every booking asks for its month."""
        super().__init__(table)
        self._now = now

    def open_invoice(self, invoice_id: str) -> Header | None:
        return find_invoice(self._table, invoice_id)

    def reference(self, provider: str, reference: str) -> Reference:
        item = self._table.get(keys.provider_reference(provider, reference)) or {}
        payment = self._payment(item)
        return Reference(payment, int(item.get("refund", 0)), _disputes(item, provider, reference))

    def payment(self, provider: str, reference: str) -> Payment | None:
        return self._payment(self._table.get(keys.provider_reference(provider, reference)) or {})

    def _payment(self, pointer: Item) -> Payment | None:
        if "payment" not in pointer:
            return None
        item = self._table.get(keys.payment(pointer["customer"], pointer["payment"]))
        return payment_from_item(item) if item else None

    def book(
        self,
        received: Received,
        invoice: Header,
        allocation: Allocation,
        *,
        at: datetime,
        told: bool = True,
    ) -> Payment | None:
        payment = _booked(received, invoice, allocation)
        moved = paid(invoice, allocation.allocated.minor, payment.received_on)
        booked = entry_of_payment(received.amount, allocated=allocation.allocated)
        entry = also(booked, moved.movements)
        rates, over = (moved.rates, moved.told) if allocation.allocated.minor else ({}, {})
        on, checks = self._open(payment.entity, at)
        writes: list[Write] = [
            *checks,
            Put(payment_to_item(payment, entry, on, rates), (NoItem(guard="payment_once"),)),
            Update(
                keys.provider_reference(received.provider, received.reference),
                set={"payment": payment.id, "customer": payment.customer_id, "schema": 1},
                conditions=(
                    Absent("payment", guard="reference_once"),
                    *(() if told else (Absent("told", guard="told_as_read"),)),
                ),
            ),
            announcement("payment.received", _named(payment) | over, at=at),
        ]
        if allocation.allocated.minor:
            writes.append(moved.update)
            writes += filled(self._table, invoice, allocation.allocated.minor)
        if allocation.unapplied.minor:
            writes.append(lot_put(_lot(payment, allocation.unapplied)))
            writes.append(credited(payment.customer_id, payment.entity, payment.id))
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return None
        return payment

    def refund_told(self, told: Refunded) -> int:
        key = keys.provider_reference(told.provider, told.reference)
        if told.total.minor:
            try:
                self._table.write(
                    Update(
                        key,
                        set={"refund": told.total.minor, "told": True, "schema": 1},
                        conditions=(Below("refund", told.total.minor, guard="refund_largest"),),
                    )
                )
            except ConditionFailedError as failed:
                stored = failed.refused[0].stored or {}
                return int(stored.get("refund", 0))
        item = self._table.get(key) or {}
        return int(item.get("refund", 0))

    def book_refund(self, payment: Payment, step: Money, *, total_minor: int, at: datetime) -> bool:
        read = standing(self._table, payment)
        refund_id = derived_id("ref", payment.id, str(total_minor), at=at)
        taken = refunded(step.minor, read.paid, read.others)
        moved = Moved(refund_id, REFUND, step.minor, taken, total_minor, payment.disputed_minor)
        return self._moved(read, moved, "payment.refunded", at)

    def dispute_told(self, told: Disputed) -> Sequence[Disputed]:
        key = keys.provider_reference(told.provider, told.reference)
        field = f"{'won' if told.won else 'dispute'}_{told.dispute}"
        said: list[Any] = [told.amount.minor, told.amount.currency, told.fee, told.at.isoformat()]
        said += [] if told.kind == DISPUTED else [told.kind]
        self._table.write(Update(key, set={field: said, "told": True, "schema": 1}))
        return self.disputes(told.provider, told.reference)

    def disputes(self, provider: str, reference: str) -> Sequence[Disputed]:
        item = self._table.get(keys.provider_reference(provider, reference)) or {}
        return _disputes(item, provider, reference)

    def book_dispute(self, payment: Payment, told: Disputed, step: Money, *, at: datetime) -> bool:
        read = standing(self._table, payment)
        taken = disputed(step.minor, read.paid)
        after = payment.disputed_minor + step.minor
        moved = Moved(
            _dispute_id(payment, told),
            told.kind,
            step.minor,
            taken,
            payment.refunded_minor,
            after,
            told.fee,
        )
        named = "disputed" if told.kind == DISPUTED else told.kind
        return self._moved(read, moved, f"payment.{named}", at)

    def book_restored(self, payment: Payment, told: Disputed, *, at: datetime) -> bool:
        key = keys.payment(payment.customer_id, _dispute_id(payment, replace(told, won=False)))
        item = self._table.get(key)
        if item is None:
            return False
        read, taken = standing(self._table, payment), taken_from_item(item)
        invoices = [one.invoice_id for one in taken if one.invoice_id]
        open_ = open_of(self._table, payment.customer_id, invoices)
        moved = Moved(
            _dispute_id(payment, told),
            RESTORED,
            -item["amount"],
            restored(taken, open_, payment.id),
            payment.refunded_minor,
            payment.disputed_minor - item["amount"],
        )
        return self._moved(read, moved, "payment.restored", at)

    def dispute_booked(self, payment: Payment, told: Disputed) -> bool:
        key = keys.payment(payment.customer_id, _dispute_id(payment, told))
        return self._table.get(key) is not None

    def _moved(self, read: Standing, moved: Moved, kind: str, at: datetime) -> bool:
        payment = read.payment
        detail = {"customer": payment.customer_id, "payment": payment.id, moved.kind: moved.id}
        told = announcement(kind, detail, at=at)
        on, checks = self._open(payment.entity, at)
        try:
            self._table.write(*checks, *writes(self._table, read, moved, at, on), told)
        except (ConditionFailedError, StateConflictError):
            return False  # something moved, after it was read or between two readings
        return True

    def _open(self, entity: str, at: datetime) -> tuple[date, list[Check]]:
        return open_day(self._table, entity, at.date(), self._now() if self._now else None)


def _named(payment: Payment) -> dict[str, Any]:
    named = {"customer": payment.customer_id, "payment": payment.id}
    return {**named, "invoice": payment.invoice_id}


def _disputes(item: Item, provider: str, reference: str) -> Sequence[Disputed]:
    """Return what was told of disputes: what was taken before what was won."""
    found = []
    for prefix, won in (("dispute_", False), ("won_", True)):
        for name in sorted(one for one in item if one.startswith(prefix)):
            minor, code, fee, at, *kind = item[name]
            dispute, when = name.removeprefix(prefix), datetime.fromisoformat(at)
            amount = Money(minor, code)
            said = Disputed(provider, reference, dispute, amount, when, fee, won)
            found.append(replace(said, kind=kind[0]) if kind else said)
    return found


def _dispute_id(payment: Payment, told: Disputed) -> str:
    """Name a dispute, or its end, whenever it is told."""
    at = instant_of(payment.id) or told.at
    return derived_id("dsp", payment.id, told.dispute, "won" if told.won else "", at=at)


def _booked(received: Received, invoice: Header, allocation: Allocation) -> Payment:
    return Payment(
        id=derived_id("pay", received.provider, received.reference, at=received.at),
        customer_id=invoice.customer_id,
        entity=invoice.entity,
        provider=received.provider,
        reference=received.reference,
        amount=received.amount,
        invoice_id=invoice.id,
        allocated_minor=allocation.allocated.minor,
        received_on=received.at.date(),
    )


def _lot(payment: Payment, rest: Money) -> Lot:
    return Lot(payment.id, payment.customer_id, payment.entity, rest, payment.received_on)
