"""Payments as items."""

from collections.abc import Mapping
from datetime import date

from solde.domain.ledger import Entry
from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.storage import index_keys, keys
from solde.storage.reading import present, reading
from solde.storage.table import Absent, Condition, Equals, Item, Update

SCHEMA = 1


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
