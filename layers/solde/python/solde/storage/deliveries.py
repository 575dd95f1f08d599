"""Deliveries of payment providers as stored: once, as they came, and due until they are worked."""

import json
import zlib
from collections.abc import Sequence
from datetime import datetime

from solde.domain.money import Money
from solde.domain.payments import Received
from solde.ports.announcements import Announcement
from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage import index_keys, keys
from solde.storage.reading import reading
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table, Update

SCHEMA = 1


class DeliveryTable:
    """The port `DeliveryStore` over the table; it needs nothing of the books."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def receive(self, delivery: Delivery) -> bool:
        try:
            self._table.write(Put(delivery_to_item(delivery), (NoItem(),)))
        except ConditionFailedError:
            return False
        return True

    def receive_told(self, received: Received, name: str, *, at: datetime) -> bool:
        return self.receive(Delivery(received.provider, name, told_to_body(received), at))

    def delivery(self, provider: str, event_id: str) -> Delivery | None:
        item = self._table.get(keys.provider_event(provider, "0", event_id))
        return delivery_from_item(item) if item else None

    def unworked(self, until: datetime) -> Sequence[Announcement]:
        bound = f"{until.isoformat()}#{keys.LAST}"
        found = self._table.due_in(index_keys.due_event_shards(), bound)
        items = [item for key in found if (item := self._table.get(key))]
        still_open = [one for one in items if one["status"] == DeliveryStatus.OPEN.value]
        return [announcement_of_delivery(item) for item in still_open]

    def finish(self, delivery: Delivery, status: DeliveryStatus, note: str) -> None:
        parked = {}
        gone: tuple[str, ...] = ("due_pk", "due_sk", "list_pk", "list_sk")
        if status is DeliveryStatus.PARKED:
            parked = {
                "list_pk": index_keys.listing("parked", delivery.event_id),
                "list_sk": f"{delivery.received_at.isoformat()}#{delivery.event_id}",
            }
            gone = gone[:2]
        key = keys.provider_event(delivery.provider, "0", delivery.event_id)
        fields = {"status": status.value, "note": note, **parked}
        self._table.write(Update(key, set=fields, remove=gone))


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
