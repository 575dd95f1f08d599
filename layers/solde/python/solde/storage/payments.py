"""Deliveries, payments and refunds as stored: each booked once, with its journal entry inside."""

from collections.abc import Sequence
from datetime import datetime

from solde.domain.identity import derived_id
from solde.domain.ledger import Entry, entry_of_payment, entry_of_refund
from solde.domain.money import Money
from solde.domain.payments import Allocation, OpenInvoice, Payment, Received, Refunded
from solde.ports.announcements import Announcement
from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage import keys
from solde.storage.find import find_invoice
from solde.storage.outbox import announcement
from solde.storage.payment_items import (
    announcement_of_delivery,
    delivery_from_item,
    delivery_to_item,
    payment_from_item,
    payment_to_item,
)
from solde.storage.table import (
    Absent,
    Below,
    ConditionFailedError,
    Equals,
    Item,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)


class PaymentTable:
    """The port `PaymentStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def receive(self, delivery: Delivery) -> bool:
        try:
            self._table.write(Put(delivery_to_item(delivery), (NoItem(),)))
        except ConditionFailedError:
            return False
        return True

    def delivery(self, provider: str, event_id: str) -> Delivery | None:
        item = self._table.get(keys.provider_event(provider, "0", event_id))
        return delivery_from_item(item) if item else None

    def unworked(self, until: datetime) -> Sequence[Announcement]:
        bound = f"{until.isoformat()}#{keys.LAST}"
        found = [key for pk in keys.due_event_shards() for key in self._table.due(pk, bound)]
        items = [item for key in found if (item := self._table.get(key))]
        still_open = [one for one in items if one["status"] == DeliveryStatus.OPEN.value]
        return [announcement_of_delivery(item) for item in still_open]

    def finish(self, delivery: Delivery, status: DeliveryStatus, note: str) -> None:
        parked = {}
        if status is DeliveryStatus.PARKED:
            parked = {
                "list_pk": keys.listing("parked", delivery.event_id),
                "list_sk": f"{delivery.received_at.isoformat()}#{delivery.event_id}",
            }
        key = keys.provider_event(delivery.provider, "0", delivery.event_id)
        fields = {"status": status.value, "note": note, **parked}
        self._table.write(Update(key, set=fields, remove=("due_pk", "due_sk")))

    def open_invoice(self, invoice_id: str) -> OpenInvoice | None:
        header = find_invoice(self._table, invoice_id)
        if header is None:
            return None
        left = Money(header.gross_minor - header.paid_minor, header.currency)
        return OpenInvoice(
            id=header.id,
            number=header.number,
            customer_id=header.customer_id,
            entity=header.entity,
            left=left,
            paid_minor=header.paid_minor,
        )

    def payment(self, provider: str, reference: str) -> Payment | None:
        pointer = self._table.get(keys.provider_reference(provider, reference))
        if pointer is None or "payment" not in pointer:
            return None
        item = self._table.get(keys.payment(pointer["customer"], pointer["payment"]))
        return payment_from_item(item) if item else None

    def book(
        self, received: Received, invoice: OpenInvoice, allocation: Allocation, *, at: datetime
    ) -> Payment | None:
        payment = Payment(
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
        entry = entry_of_payment(received.amount, allocated=allocation.allocated)
        writes: list[Write] = [
            Put(payment_to_item(payment, entry, at.date()), (NoItem(guard="payment_once"),)),
            Update(
                keys.provider_reference(received.provider, received.reference),
                set={"payment": payment.id, "customer": payment.customer_id, "schema": 1},
                conditions=(Absent("payment", guard="reference_once"),),
            ),
            announcement(
                "payment.received",
                {"customer": payment.customer_id, "payment": payment.id, "invoice": invoice.id},
                at=at,
            ),
        ]
        if allocation.allocated.minor:
            writes.append(_paid(invoice, allocation))
        if allocation.unapplied.minor:
            writes.append(Put(_unapplied(payment, allocation.unapplied), (NoItem(),)))
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
                        set={"refund": told.total.minor, "schema": 1},
                        conditions=(Below("refund", told.total.minor, guard="refund_largest"),),
                    )
                )
            except ConditionFailedError as failed:
                stored = failed.refused[0].stored or {}
                return int(stored.get("refund", 0))
        item = self._table.get(key) or {}
        return int(item.get("refund", 0))

    def book_refund(self, payment: Payment, step: Money, *, total_minor: int, at: datetime) -> bool:
        refund_id = derived_id("ref", payment.id, str(total_minor), at=at)
        item = _refund_item(payment, refund_id, step, entry_of_refund(step), at)
        moved = Update(
            keys.payment(payment.customer_id, payment.id),
            set={"refunded": total_minor},
            conditions=(Equals("refunded", payment.refunded_minor, guard="refund_as_read"),),
        )
        told = announcement(
            "payment.refunded",
            {"customer": payment.customer_id, "payment": payment.id, "refund": refund_id},
            at=at,
        )
        try:
            self._table.write(Put(item, (NoItem(),)), moved, told)
        except ConditionFailedError:
            return False
        return True


def _paid(invoice: OpenInvoice, allocation: Allocation) -> Update:
    """Move what is paid of an invoice; a settled one leaves the chase."""
    paid = invoice.paid_minor + allocation.allocated.minor
    return Update(
        keys.invoice(invoice.customer_id, invoice.id),
        set={"paid": paid, "status": "paid" if allocation.settles else "partly_paid"},
        remove=("due_pk", "due_sk") if allocation.settles else (),
        conditions=(Equals("paid", invoice.paid_minor, guard="paid_as_read"),),
    )


def _unapplied(payment: Payment, rest: Money) -> Item:
    key = keys.unapplied(payment.customer_id, payment.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": 1,
        "currency": rest.currency,
        "left": rest.minor,
        "from": payment.id,
    }


def _refund_item(payment: Payment, refund_id: str, step: Money, entry: Entry, at: datetime) -> Item:
    key = keys.payment(payment.customer_id, refund_id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": 1,
        "kind": "refund",
        "payment": payment.id,
        "entity": payment.entity,
        "currency": step.currency,
        "amount": step.minor,
        "at": at.isoformat(),
        "booked_on": at.date().isoformat(),
        "jrn": {one.account: one.minor for one in entry.postings},
    }
