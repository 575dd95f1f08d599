"""Endpoints as stored: one partition of few, their secrets apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from solde.domain.endpoints import Endpoint
from solde.ports.records import Record
from solde.storage import sending_keys
from solde.storage.reading import present, reading
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import ConditionFailedError, Equals, Item, NoItem, Put, Table

SCHEMA = 1
SECRETS_KEPT = 2


class EndpointTable:
    """The port `Endpoints` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> Sequence[tuple[Endpoint, Record]]:
        items = self._table.query(sending_keys.ENDPOINTS)
        return [(endpoint_from_item(item), record_from_item(item)) for item in items]

    def find(self, endpoint_id: str) -> tuple[Endpoint, Record] | None:
        item = self._table.get(sending_keys.endpoint(endpoint_id))
        return (endpoint_from_item(item), record_from_item(item)) if item else None

    def put(self, endpoint: Endpoint, record: Record, secret: str) -> bool:
        new = Put(endpoint_to_item(endpoint, record), (NoItem(guard="endpoint_new"),))
        try:
            self._table.write(new, _secrets(endpoint.id, [secret]))
        except ConditionFailedError:
            return False
        return True

    def change(self, read: Endpoint, changed: Endpoint, at: datetime) -> bool:
        stored = self.find(read.id)
        if stored is None or stored[0] != read:
            return False
        record = stored[1]
        grown = replace(record, version=record.version + 1, updated_at=at)
        as_read = Equals("version", record.version, guard="endpoint_as_read")
        try:
            self._table.write(Put(endpoint_to_item(changed, grown), (as_read,)))
        except ConditionFailedError:
            return False
        return True

    def secrets(self, endpoint_id: str) -> Sequence[str]:
        item = self._table.get(sending_keys.endpoint_secrets(endpoint_id)) or {}
        return list(item.get("secrets", ()))

    def roll(self, endpoint_id: str, secret: str) -> None:
        kept = [secret, *self.secrets(endpoint_id)][:SECRETS_KEPT]
        self._table.write(_secrets(endpoint_id, kept))


def _secrets(endpoint_id: str, secrets: Sequence[str]) -> Put:
    key = sending_keys.endpoint_secrets(endpoint_id)
    return Put({"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "secrets": list(secrets)})


def endpoint_to_item(one: Endpoint, record: Record) -> Item:
    key = sending_keys.endpoint(one.id)
    since = one.failing_since.isoformat() if one.failing_since else None
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "url": one.url,
        "kinds": list(one.kinds),
        **present(description=one.description or None, ended=one.ended or None, failing=since),
        **record_to_item(record),
    }


def endpoint_from_item(item: Item) -> Endpoint:
    with reading(item):
        since = item.get("failing")
        return Endpoint(
            id=item["sk"],
            url=item["url"],
            kinds=tuple(item["kinds"]),
            description=item.get("description", ""),
            failing_since=datetime.fromisoformat(since) if since else None,
            ended=item.get("ended", ""),
        )
