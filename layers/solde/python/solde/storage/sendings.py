"""Sendings as items: the one mail of a document, and behind it whatever else brought it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from solde.domain.invoicing.sending import ISSUED, issued_id
from solde.domain.invoicing.ways import DROP, MAIL, PRINT, WEBHOOK
from solde.ports.billing import Header
from solde.ports.documents import Link
from solde.ports.sendings import BOUNCED, SENDING, SENT, WAITING, Sending
from solde.storage import keys, sending_keys
from solde.storage.links import link_to_item
from solde.storage.outbox import announcement
from solde.storage.reading import present, reading
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    Key,
    NoItem,
    OneOf,
    Put,
    Table,
    Update,
    Write,
)

SCHEMA = 1
NOTE_MAX = 200
TOLD = {MAIL: "mail.asked", DROP: "copy.asked", WEBHOOK: "copy.asked"}
"""Who is told of a sending that was asked for; paper waits for the file of the day."""


class SendingTable:
    """The port `Sendings` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str, invoice_id: str) -> Sequence[Sending]:
        first, last = sending_keys.sendings(invoice_id)
        rows = self._table.query(keys.customer_pk(customer_id), first=first, last=last)
        return [sending_from_item(row) for row in rows]

    def find(self, customer_id: str, invoice_id: str, sending_id: str) -> Sending | None:
        item = self._table.get(key_of(customer_id, invoice_id, sending_id))
        return sending_from_item(item) if item else None

    def ask(self, sending: Sending) -> bool:
        try:
            self._table.write(*_asked(sending))
        except ConditionFailedError:
            return False
        return True

    def claim(self, sending: Sending, token_digest: str = "", link: Link | None = None) -> str:
        key = key_of(sending.customer_id, sending.invoice_id, sending.id)
        item = sending_to_item(sending, state=SENDING) | present(token=token_digest)
        opened = [Put(link_to_item(token_digest, link))] if link else []
        first = sending.cause == ISSUED
        unclaimed = NoItem(guard="mail_once") if first else Equals("state", WAITING, "mail_once")
        try:
            self._table.write(Put(item, (unclaimed,)), *opened)
        except ConditionFailedError:
            stored = self._table.get(key) or {}
            return str(stored.get("state", SENDING))
        return "claimed"

    def open(self, token_digest: str, link: Link) -> None:
        self._table.write(Put(link_to_item(token_digest, link)))

    def returned(self, sending: Sending) -> None:
        key = key_of(sending.customer_id, sending.invoice_id, sending.id)
        fields = {"state": sending.state, "returned": sending.note[:NOTE_MAX]}
        gone = OneOf("state", (SENDING, SENT, BOUNCED), "was_sent")
        with suppress(ConditionFailedError):
            self._table.write(Update(key, set=fields, conditions=(gone,)))

    def end(self, sending: Sending, *, header: Header, others: Sequence[Sending] = ()) -> None:
        key = key_of(sending.customer_id, sending.invoice_id, sending.id)
        at = sending.at
        fields = {"state": sending.state, "message": sending.note, "tries": sending.tries}
        ended = Update(key, set=fields, conditions=(OneOf("state", (SENDING, WAITING), "unended"),))
        if sending.to:
            fields["to"] = sending.to
        if sending.way != MAIL:
            self._table.write(ended)
            return
        detail = {"invoices": [[header.customer_id, header.id]], "state": sending.state}
        writes: list[Write] = [ended, announcement("invoice.mailed", detail, at=at)]
        if sending.cause == ISSUED:
            mailed = {"mailed_on": at.date().isoformat()}
            writes.append(Update(keys.invoice(header.customer_id, header.id), set=mailed))
        self._table.write(*writes, *(write for one in others for write in _asked(one)))


def key_of(customer_id: str, invoice_id: str, sending_id: str) -> Key:
    """Name a sending: the mail that follows the issue has the place that its job always had."""
    if sending_id == issued_id(invoice_id, MAIL):
        return keys.mail_job(customer_id, invoice_id)
    return sending_keys.sending(customer_id, invoice_id, sending_id)


def _asked(sending: Sending) -> list[Write]:
    writes: list[Write] = [
        Put(sending_to_item(sending, state=WAITING), (NoItem(guard="asked_once"),))
    ]
    if sending.way == PRINT:
        return [*writes, Put(_waiting(sending))]
    detail = {"sendings": [[sending.customer_id, sending.invoice_id, sending.id]]}
    writes.append(announcement(TOLD[sending.way], detail, at=sending.at))
    return writes


def _waiting(sending: Sending) -> Item:
    key = sending_keys.to_print(sending.entity, sending.id)
    named = {"customer": sending.customer_id, "invoice": sending.invoice_id}
    return {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **named}


def sending_to_item(sending: Sending, *, state: str) -> Item:
    key = key_of(sending.customer_id, sending.invoice_id, sending.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "state": state,
        "claimed_at": sending.at.isoformat(),
        **present(
            way=sending.way,
            cause=sending.cause,
            to=sending.to,
            contact=sending.contact,
            form=sending.form,
            choice=sending.choice or None,
            entity=sending.entity if sending.way == PRINT else "",
        ),
    }


def sending_from_item(item: Item) -> Sending:
    """Read a sending; mails of before there were other ways say less of themselves."""
    with reading(item):
        _, invoice_id, *rest = item["sk"].split("#")
        fields: dict[str, Any] = {
            name: item.get(name, "") for name in ("to", "contact", "form", "entity")
        }
        return Sending(
            id=rest[0] if rest else issued_id(invoice_id, MAIL),
            customer_id=item["pk"].removeprefix("A#"),
            invoice_id=invoice_id,
            way=item.get("way", MAIL),
            cause=item.get("cause", ISSUED),
            at=datetime.fromisoformat(item["claimed_at"]),
            state=item["state"],
            note=item.get("returned") or item.get("message", ""),
            choice=item.get("choice", 0),
            tries=item.get("tries", 0),
            **fields,
        )
