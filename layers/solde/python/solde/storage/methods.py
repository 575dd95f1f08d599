"""What customers pay with, as stored beside their payments."""

from collections.abc import Sequence
from datetime import datetime

from solde.ports.methods import PaymentMethod
from solde.storage import keys
from solde.storage.reading import present, reading
from solde.storage.table import Item, ItemExists, Put, Table, Update

SCHEMA = 1
PREFIX = "pmt_"


class MethodTable:
    """The port `Methods` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str) -> Sequence[PaymentMethod]:
        key = keys.payment(customer_id, PREFIX)
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        found = map(_from_item, items)
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)

    def keep(self, method: PaymentMethod) -> None:
        self._table.write(Put(_to_item(method)))

    def remove(self, method: PaymentMethod) -> None:
        key = keys.payment(method.customer_id, method.id)
        self._table.write(Update(key, set={"removed": True}, conditions=(ItemExists(),)))


def _to_item(one: PaymentMethod) -> Item:
    key = keys.payment(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": "payment_method",
        "by": one.provider,
        "token": one.token,
        "at": one.made_at.isoformat(),
        **present(label=one.label),
    }


def _from_item(item: Item) -> PaymentMethod:
    with reading(item):
        return PaymentMethod(
            id=item["sk"].removeprefix("P#"),
            customer_id=item["pk"].removeprefix("A#"),
            provider=item["by"],
            token=item["token"],
            label=item.get("label", ""),
            made_at=datetime.fromisoformat(item["at"]),
            removed=item.get("removed", False),
        )
