"""Deliveries and payments as items."""

import json
import zlib
from collections.abc import Mapping
from datetime import date, datetime

from solde.domain.ledger import Entry
from solde.domain.money import Money
from solde.domain.payments import Payment, Received
from solde.ports.announcements import Announcement
from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage import index_keys, keys
from solde.storage.reading import present, reading
from solde.storage.table import Absent, Condition, Equals, Item, Update

SCHEMA = 1


def delivery_to_item(delivery: Delivery) -> Item:
    """
    Keep the raw bytes, compressed; while the delivery is open the due index shows it.

    Both the first write and the last are billed by the size of the item.
    """
    key = keys.provider_event(delivery.provider, "0", delivery.event_id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "provider": delivery.provider,
        "event": delivery.event_id,
        "body": zlib.compress(delivery.body),
        "received_at": delivery.received_at.isoformat(),
        "status": delivery.status.value,
        "due_pk": index_keys.due_event(delivery.event_id),
        "due_sk": f"{delivery.received_at.isoformat()}#{delivery.event_id}",
    }


def delivery_from_item(item: Item) -> Delivery:
    with reading(item):
        return Delivery(
            provider=item["provider"],
            event_id=item["event"],
            body=_raw(bytes(item["body"])),
            received_at=datetime.fromisoformat(item["received_at"]),
            status=DeliveryStatus(item["status"]),
            note=item.get("note", ""),
        )


def told_to_body(received: Received) -> bytes:
    """Write down what a provider answered, as it would be told: the same fact, the same bytes."""
    fields = {
        "schema": SCHEMA,
        "reference": received.reference,
        "amount": received.amount.minor,
        "currency": received.amount.currency,
        "invoice": received.invoice_id,
        "at": received.at.isoformat(),
    }
    return json.dumps(fields, sort_keys=True).encode()


def told_from_body(provider: str, body: bytes) -> Received:
    fields = json.loads(body)
    with reading({"pk": "EV#", **fields}):
        return Received(
            provider,
            fields["reference"],
            Money(fields["amount"], fields["currency"]),
            fields["invoice"],
            datetime.fromisoformat(fields["at"]),
        )


def announcement_of_delivery(item: Item) -> Announcement:
    """Tell of a delivery that is stored; it has no outbox item, it is one itself."""
    with reading(item):
        detail = {"provider": item["provider"], "event": item["event"]}
        at = datetime.fromisoformat(item["received_at"])
        return Announcement(("", ""), "delivery.received", detail, at)


def _raw(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error as wrong:
        raise ValueError(f"body: {wrong}") from wrong


def payment_to_item(
    payment: Payment, entry: Entry, booked_on: date, rates: Mapping[str, int] | None = None
) -> Item:
    """
    Booked on the day it is worked, which may be later than the provider received it.

    `rates` say how much of its invoice it settled by category and rate of tax.
    """
    key = keys.payment(payment.customer_id, payment.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("pay", payment.id),
        "list_sk": payment.id,
        "kind": "payment",
        "entity": payment.entity,
        "provider": payment.provider,
        "reference": payment.reference,
        "currency": payment.amount.currency,
        "total": payment.amount.minor,
        "invoice": payment.invoice_id,
        "allocated": payment.allocated_minor,
        "received_on": payment.received_on.isoformat(),
        "refunded": payment.refunded_minor,
        "booked_on": booked_on.isoformat(),
        "jrn": entry.movements,
        **rates_of(rates or {}),
    }


def rates_of(rates: Mapping[str, int]) -> Item:
    """Return what a fact of settlement says of the rates of tax."""
    return {"rates": dict(rates)} if rates else {}


def payment_moved(read: Payment, *, allocated: int, refunded: int, disputed: int) -> Update:
    """
    Write what of a payment settles its invoice, and what went back, on what was read.

    What newly went back is taken to be what was asked for here, as far as something was.
    """
    told = max(refunded - read.refunded_minor, 0)
    refunding = max(read.refunding_minor - told, 0)
    gone = [] if disputed else ["disputed"]
    if not refunding and read.refunding_minor:
        gone.append("refunding")
    return Update(
        keys.payment(read.customer_id, read.id),
        set={
            "allocated": allocated,
            "refunded": refunded,
            **present(disputed=disputed or None, refunding=refunding or None),
        },
        remove=tuple(gone),
        conditions=_as_read(read),
    )


def payment_held(read: Payment, refunding: int) -> Update:
    """Write what of a payment was asked to be paid back and is not told yet, on what was read."""
    return Update(
        keys.payment(read.customer_id, read.id),
        set={"refunding": refunding} if refunding else {},
        remove=() if refunding else ("refunding",),
        conditions=_as_read(read),
    )


def _as_read(read: Payment) -> tuple[Condition, ...]:
    guard = "refund_as_read"
    sums = (("disputed", read.disputed_minor), ("refunding", read.refunding_minor))
    return (
        Equals("refunded", read.refunded_minor, guard=guard),
        Equals("allocated", read.allocated_minor, guard=guard),
        *(Equals(name, minor, guard) if minor else Absent(name, guard) for name, minor in sums),
    )


def payment_from_item(item: Item) -> Payment:
    with reading(item):
        return Payment(
            id=item["sk"].removeprefix("P#"),
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            provider=item["provider"],
            reference=item["reference"],
            amount=Money(item["total"], item["currency"]),
            invoice_id=item["invoice"],
            allocated_minor=item["allocated"],
            received_on=date.fromisoformat(item["received_on"]),
            refunded_minor=item["refunded"],
            disputed_minor=item.get("disputed", 0),
            refunding_minor=item.get("refunding", 0),
        )
