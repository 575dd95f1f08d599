"""Documents in storage: the pack they lie in, what was rendered, what a link opens."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from solde.ports.billing import Header, Rendered
from solde.ports.documents import Link
from solde.ports.objects import ObjectStore
from solde.storage import keys
from solde.storage.invoices import header_from_item, rendered_to_item
from solde.storage.links import link_from_item
from solde.storage.outbox import announcement
from solde.storage.table import Absent, ConditionFailedError, Table, Update

TOLD_TOGETHER = 10
"""Documents of one announcement: mails go out one by one, and a batch must end in its time."""


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

    def rendered(
        self, found: Sequence[tuple[Header, Mapping[str, Rendered]]], *, at: datetime
    ) -> None:
        for first in range(0, len(found), TOLD_TOGETHER):
            group = list(found[first : first + TOLD_TOGETHER])
            while group and (known := self._refused(group, at)):
                group = [one for place, one in enumerate(group) if place not in known]

    def bytes_of(self, rendered: Rendered) -> bytes:
        place = rendered.place
        return self._archive.get_range(place.key, offset=place.offset, length=place.length)

    def mailed_as(self, header: Header) -> tuple[str, ...]:
        job = self._table.get(keys.mail_job(header.customer_id, header.id)) or {}
        return (header.id, job["message"]) if job.get("state") == "sent" else ()

    def _refused(
        self, group: Sequence[tuple[Header, Mapping[str, Rendered]]], at: datetime
    ) -> set[int]:
        """Write a group and its announcement; return the places of those that are known."""
        told = announcement("documents.stored", _named(*(one for one, _ in group)), at=at)
        try:
            self._table.write(*(_kept(*one) for one in group), told)
        except ConditionFailedError as failed:
            return {one.index for one in failed.refused}
        return set()

    def link(self, token_digest: str) -> Link | None:
        item = self._table.get(keys.token(token_digest))
        if item is None or "invoice" not in item:  # a link to a customer's own pages
            return None
        return link_from_item(item)


def _named(*headers: Header) -> dict[str, Any]:
    return {"invoices": [[header.customer_id, header.id] for header in headers]}


def _kept(header: Header, documents: Mapping[str, Rendered]) -> Update:
    key = keys.invoice(header.customer_id, header.id)
    once = Absent("docs", guard="rendered_once")
    return Update(key, set={"docs": rendered_to_item(documents)}, conditions=(once,))
