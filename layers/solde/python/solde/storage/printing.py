"""Paper as items: what waits of an entity lies beside its days and their parts."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, datetime

from solde.ports.printing import (
    MAKING,
    READY,
    Paper,
    PrintDay,
    PrintFile,
    PrintPart,
    Waiting,
)
from solde.ports.sendings import WAITING, Sending
from solde.storage import keys, sending_keys
from solde.storage.invoices import header_from_item
from solde.storage.outbox import announcement
from solde.storage.parties import customer_from_item
from solde.storage.reading import reading
from solde.storage.sendings import key_of
from solde.storage.table import (
    ConditionFailedError,
    Delete,
    Equals,
    Item,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)

SCHEMA = 1
ENDED_TOGETHER = 45
"""Sendings of a transaction: two writes each."""


class PrintTable:
    """The port `PrintStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def waiting(self, entity: str) -> Sequence[Waiting]:
        first, last = sending_keys.prints_waiting()
        rows = self._table.query(sending_keys.prints_pk(entity), first=first, last=last)
        named = [(row["customer"], row["invoice"], row["sk"].removeprefix(first)) for row in rows]
        return sorted(named)

    def papers(self, wanted: Sequence[Waiting]) -> Sequence[Paper]:
        names = [(keys.invoice(who, what), keys.profile(who)) for who, what, _ in wanted]
        found = self._table.get_many([key for pair in names for key in pair])
        return [
            Paper(one[2], header_from_item(found[invoice]), customer_from_item(found[profile]))
            for one, (invoice, profile) in zip(wanted, names, strict=True)
        ]

    def open(self, day: PrintDay) -> PrintDay:
        with suppress(ConditionFailedError):
            self._table.write(Put(_day_to_item(day), (NoItem(guard="day_once"),)))
        return self.day(day.entity, day.day) or day

    def ask(self, day: PrintDay, part: int, at: datetime) -> None:
        detail = {"entity": day.entity, "day": day.day.isoformat(), "part": part}
        self._table.write(announcement("print.asked", detail, at=at))

    def ended(self, sendings: Sequence[Sending]) -> None:
        by_key = {sending_keys.to_print(one.entity, one.id): one for one in sendings}
        waiting = [by_key[key] for key in self._table.get_many(list(by_key))]
        for first in range(0, len(waiting), ENDED_TOGETHER):
            group = waiting[first : first + ENDED_TOGETHER]
            self._table.write(*(write for one in group for write in _ended(one)))

    def keep(self, day: PrintDay, part: PrintPart) -> None:
        with suppress(ConditionFailedError):
            self._table.write(Put(_part_to_item(day, part), (NoItem(guard="part_once"),)))

    def ready(self, day: PrintDay, at: datetime) -> bool:
        key = sending_keys.printed_day(day.entity, day.day)
        made = Update(
            key, set={"state": READY}, conditions=(Equals("state", MAKING, "ready_once"),)
        )
        try:
            self._table.write(made, announcement("print.ready", _told(day), at=at))
        except ConditionFailedError:
            return False
        return True

    def day(self, entity: str, day: date) -> PrintDay | None:
        item = self._table.get(sending_keys.printed_day(entity, day))
        return self._with_parts(_day_from_item(item)) if item else None

    def unfinished(self, entity: str) -> Sequence[PrintDay]:
        first, last = sending_keys.printed_days()
        rows = self._table.query(sending_keys.prints_pk(entity), first=first, last=last)
        found = [_day_from_item(row) for row in rows]
        return [self._with_parts(one) for one in found if one.state == MAKING]

    def days(self, entity: str, *, before: str = "", limit: int) -> Sequence[PrintDay]:
        first, last = sending_keys.printed_days()
        rows = self._table.query(
            sending_keys.prints_pk(entity),
            first=first,
            last=f"{first}{before}" if before else last,
            backwards=True,
            limit=limit + 1,
        )
        found = [_day_from_item(row) for row in rows]
        kept = [one for one in found if one.day.isoformat() != before][:limit]
        return [self._with_parts(one) for one in kept]

    def _with_parts(self, day: PrintDay) -> PrintDay:
        first, last = sending_keys.printed_parts(day.day)
        rows = self._table.query(sending_keys.prints_pk(day.entity), first=first, last=last)
        return replace(day, made=[_part_from_item(row) for row in rows])


def _ended(sending: Sending) -> tuple[Write, Write]:
    key = key_of(sending.customer_id, sending.invoice_id, sending.id)
    fields = {"state": sending.state, "message": sending.note, "form": sending.form}
    waited = Equals("state", WAITING, "unended")
    waiting = sending_keys.to_print(sending.entity, sending.id)
    return Update(key, set=fields, conditions=(waited,)), Delete(waiting)


def _told(day: PrintDay) -> dict[str, object]:
    return {
        "entity": day.entity,
        "day": day.day.isoformat(),
        "documents": day.documents,
        "files": [
            [one.key, one.sha256]
            for part in day.made[:TOLD_MOST]
            for _, one in sorted(part.files.items())
        ],
    }


TOLD_MOST = 100
"""Parts whose files an announcement names; of more the API tells."""


def _day_to_item(day: PrintDay) -> Item:
    key = sending_keys.printed_day(day.entity, day.day)
    said = {"documents": day.documents, "parts": day.parts, "state": day.state}
    return {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "at": day.at.isoformat(), **said}


def _day_from_item(item: Item) -> PrintDay:
    with reading(item):
        return PrintDay(
            entity=item["pk"].removeprefix("PR#"),
            day=date.fromisoformat(item["sk"].removeprefix("D#")),
            documents=item["documents"],
            parts=item["parts"],
            state=item["state"],
            at=datetime.fromisoformat(item["at"]),
        )


def _part_to_item(day: PrintDay, part: PrintPart) -> Item:
    key = sending_keys.printed_part(day.entity, day.day, part.number)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "documents": part.documents,
        "pages": part.pages,
        "files": {name: asdict(one) for name, one in part.files.items()},
    }


def _part_from_item(item: Item) -> PrintPart:
    with reading(item):
        return PrintPart(
            number=int(item["sk"].rpartition("#")[2]),
            documents=item["documents"],
            pages=item["pages"],
            files={name: PrintFile(**said) for name, said in item["files"].items()},
        )
