"""Refunds asked for as stored: each with the payment that they hold a part of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.ports.refunds import RefundAsked, RefundStatus
from solde.storage import index_keys, keys
from solde.storage.outbox import announcement
from solde.storage.payment_items import payment_from_item, payment_held
from solde.storage.reading import present, reading
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    Key,
    NoItem,
    Put,
    Table,
    Update,
)
from solde.storage.withdrawals import standing

SCHEMA = 1
PREFIX = "rfd_"


class RefundTable:
    """The port `Refunds` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def payment(self, payment_id: str) -> Payment | None:
        listing = index_keys.listing("pay", payment_id)
        rows = self._table.listed(listing, below=f"{payment_id}\x00", limit=1)
        if not rows or rows[0]["list_sk"] != payment_id:
            return None
        item = self._table.get(Key(rows[0]["pk"], rows[0]["sk"]))
        return payment_from_item(item) if item else None

    def credit(self, payment: Payment) -> int:
        read = standing(self._table, payment)
        lots = (*read.others, *((read.own,) if read.own else ()))
        return sum(one.left.minor for one in lots)

    def known(self, customer_id: str, identity: str) -> RefundAsked | None:
        item = self._table.get(keys.payment(customer_id, identity))
        return _from_item(item) if item else None

    def every(self, payment: Payment) -> Sequence[RefundAsked]:
        key = keys.payment(payment.customer_id, PREFIX)
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [_from_item(one) for one in items if one["payment"] == payment.id]

    def ask(self, payment: Payment, wanted: RefundAsked) -> bool:
        detail = {"customer": payment.customer_id, "refund": wanted.id}
        try:
            self._table.write(
                Put(_to_item(wanted), (NoItem(guard="refund_asked_once"),)),
                payment_held(payment, payment.refunding_minor + wanted.amount.minor),
                announcement("refund.asked", detail, at=wanted.asked_at),
            )
        except ConditionFailedError:
            return False
        return True

    def sent(self, wanted: RefundAsked, provider_id: str) -> None:
        self._end(wanted, status=RefundStatus.SENT.value, provider=provider_id)

    def unknown(self, wanted: RefundAsked) -> None:
        self._end(wanted, status=RefundStatus.UNKNOWN.value)

    def refused(self, payment: Payment, wanted: RefundAsked, reason: str) -> bool:
        rest = max(payment.refunding_minor - wanted.amount.minor, 0)
        ended = _ended(wanted, status=RefundStatus.REFUSED.value, reason=reason)
        try:
            self._table.write(ended, payment_held(payment, rest))
        except ConditionFailedError:
            return False
        return True

    def _end(self, wanted: RefundAsked, **fields: str) -> None:
        try:
            self._table.write(_ended(wanted, **fields))
        except ConditionFailedError:
            return  # another worker has told the same


def _ended(wanted: RefundAsked, **fields: str) -> Update:
    return Update(
        keys.payment(wanted.customer_id, wanted.id),
        set=fields,
        conditions=(Equals("status", RefundStatus.ASKED.value, guard="refund_ended_once"),),
    )


def _to_item(one: RefundAsked) -> dict[str, Any]:
    key = keys.payment(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": "refund_asked",
        "payment": one.payment_id,
        "by": one.provider,
        "reference": one.reference,
        "currency": one.amount.currency,
        "amount": one.amount.minor,
        "all": one.total,
        "at": one.asked_at.isoformat(),
        "status": one.status.value,
        **present(asked=one.asked, reason=one.reason or None),
    }


def _from_item(item: Item) -> RefundAsked:
    with reading(item):
        return RefundAsked(
            id=item["sk"].removeprefix("P#"),
            payment_id=item["payment"],
            customer_id=item["pk"].removeprefix("A#"),
            provider=item["by"],
            reference=item["reference"],
            amount=Money(item["amount"], item["currency"]),
            total=item["all"],
            asked_at=datetime.fromisoformat(item["at"]),
            status=RefundStatus(item["status"]),
            provider_id=item.get("provider", ""),
            reason=item.get("reason", ""),
            asked=item.get("asked"),
        )
