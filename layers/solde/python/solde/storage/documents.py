"""Documents in storage: the pack they lie in, what was rendered, the mail job, the link."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from solde.ports.billing import Header
from solde.ports.documents import Link
from solde.ports.objects import ObjectStore
from solde.storage import keys
from solde.storage.invoices import header_from_item
from solde.storage.outbox import announcement
from solde.storage.table import Absent, ConditionFailedError, Item, NoItem, Put, Table, Update

SCHEMA = 1


class DocumentTable:
    """The port `DocumentStore` over table and archive."""

    def __init__(self, table: Table, archive: ObjectStore) -> None:
        self._table = table
        self._archive = archive

    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        item = self._table.get(keys.invoice(customer_id, invoice_id))
        return header_from_item(item) if item else None

    def closed(self, header: Header) -> Mapping[str, Any]:
        place = header.place
        body = self._archive.get_range(place.key, offset=place.offset, length=place.length)
        document: Mapping[str, Any] = json.loads(body)
        return document

    def rendered(self, header: Header, documents: Mapping[str, str], *, at: datetime) -> bool:
        key = keys.invoice(header.customer_id, header.id)
        told = announcement("documents.stored", _named(header), at=at)
        kept = Update(
            key, set={"docs": dict(documents)}, conditions=(Absent("docs", guard="rendered_once"),)
        )
        try:
            self._table.write(kept, told)
        except ConditionFailedError:
            return False
        return True

    def claim_mail(self, header: Header, token_digest: str, *, link: Link, at: datetime) -> str:
        key = keys.mail_job(header.customer_id, header.id)
        job: Item = {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            "state": "sending",
            "token": token_digest,
            "claimed_at": at.isoformat(),
        }
        try:
            self._table.write(
                Put(job, (NoItem(guard="mail_once"),)), Put(_link_item(token_digest, link))
            )
        except ConditionFailedError:
            stored = self._table.get(key) or {}
            return str(stored.get("state", "sending"))
        return "claimed"

    def end_mail(self, header: Header, *, state: str, message_id: str, at: datetime) -> None:
        key = keys.mail_job(header.customer_id, header.id)
        ended = Update(key, set={"state": state, "message": message_id})
        mailed = Update(
            keys.invoice(header.customer_id, header.id),
            set={"mailed_on": at.date().isoformat()},
        )
        detail = {**_named(header), "state": state}
        self._table.write(ended, mailed, announcement("invoice.mailed", detail, at=at))

    def link(self, token_digest: str) -> Link | None:
        item = self._table.get(keys.token(token_digest))
        if item is None:
            return None
        return Link(item["customer"], item["invoice"], date.fromisoformat(item["until"]))


def _named(header: Header) -> dict[str, Any]:
    return {"invoices": [[header.customer_id, header.id]]}


def _link_item(token_digest: str, link: Link) -> Item:
    key = keys.token(token_digest)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "customer": link.customer_id,
        "invoice": link.invoice_id,
        "until": link.expires_on.isoformat(),
    }
