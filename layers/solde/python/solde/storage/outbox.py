"""The outbox: one announcement per transaction, deleted by announce once it is published."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from solde.domain.identity import derived_id
from solde.ports.announcements import Announcement
from solde.storage import keys
from solde.storage.reading import reading
from solde.storage.table import Delete, Item, Key, Put, Table

SCHEMA = 1


def announcement(kind: str, detail: Mapping[str, Any], *, at: datetime) -> Put:
    """
    Announce facts in the transaction that writes them.

    The id follows from the content, so a repeat announces the same thing under the same key.
    """
    body = json.dumps(detail, sort_keys=True, separators=(",", ":"))
    identity = derived_id("out", kind, body, at=at)
    key = keys.outbox(at, identity)
    return Put(
        {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            "type": kind,
            "detail": body,
            "at": at.isoformat(),
        }
    )


def announcement_from_item(item: Item) -> Announcement:
    with reading(item):
        return Announcement(
            key=(item["pk"], item["sk"]),
            kind=item["type"],
            detail=json.loads(item["detail"]),
            at=datetime.fromisoformat(item["at"]),
        )


class OutboxTable:
    """The port `Outbox` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def waiting(self, since: datetime, until: datetime) -> Sequence[Announcement]:
        found = []
        hour = since
        while hour < until + timedelta(hours=1):
            for pk in keys.outbox_shards(hour):
                found += [announcement_from_item(item) for item in self._table.query(pk)]
            hour += timedelta(hours=1)
        return found

    def forget(self, announcement: Announcement) -> None:
        self._table.write(Delete(Key(*announcement.key)))
