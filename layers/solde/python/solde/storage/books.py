"""Closed months, what they release, and entries by hand, as stored."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from solde.domain.errors import StateConflictError, StoreUnavailableError
from solde.domain.ledger import Balance, Entry, reversal_of
from solde.ports.books import Close, CloseStatus, EntryByHand, Fact, User, month_name
from solde.storage import keys
from solde.storage.journal import entry_from_item, entry_to_item, fact_from_item
from solde.storage.outbox import announcement
from solde.storage.reading import present, reading
from solde.storage.table import (
    Absent,
    Check,
    ConditionFailedError,
    Item,
    Key,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)

SCHEMA = 1
OF_CLOSES = ("G#", "A#")
"""What closes book themselves: releases and accruals."""
ONE_DAY = timedelta(days=1)


class ScannedTable(Table, Protocol):
    def scan(self) -> Iterator[Item]:
        """Yield every item, in no order."""
        ...


class BookTable:
    """The port `Books` over a table that can be scanned."""

    def __init__(self, table: ScannedTable) -> None:
        self._table = table

    def ask(self, close: Close) -> Close:
        told = announcement(
            "books.close_asked",
            {"entity": close.entity, "month": close.name},
            at=close.asked_at,
        )
        try:
            self._table.write(Put(_close_to_item(close), (NoItem(guard="close_once"),)), told)
        except ConditionFailedError:
            return self._close(close.entity, close.month)
        return close

    def closes(self, entity: str) -> Sequence[Close]:
        key = keys.closed_month(entity, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [close_from_item(item) for item in items]

    def read(self, entity: str) -> Iterator[Fact | User]:
        billed, used = set[str](), set[str]()
        own = keys.billing_state("", entity).sk
        for item in self._table.scan():
            if item["sk"].startswith("U#"):
                used.add(item["pk"])
            elif item["sk"] == own:
                billed.add(item["pk"])
            elif _is_booked(item, entity):
                yield fact_from_item(item)
        for pk in sorted(billed & used):
            yield User(pk.removeprefix(keys.customer_pk("")))

    def accrue(self, close: Close, customer_id: str, found: Sequence[Entry]) -> None:
        month = keys.closed_month(close.entity, close.name)
        writes: list[Write] = []
        for one in found:
            named = close.entity, close.name, customer_id, one.currency
            for key, on, entry in (
                (keys.accrual(*named), close.until - ONE_DAY, one),
                (keys.reversal(*named), close.until, reversal_of(one)),
            ):
                item = _accrual_to_item(key, close.entity, on, entry)
                writes.append(Put(item, (NoItem(guard="accrual_once"),)))
        still = (Absent("not_accrued", guard="accruals_open"),)
        try:
            self._table.write(Check(month, still), *writes)
        except ConditionFailedError as there:
            if self._close(close.entity, close.month).not_accrued is not None:
                raise StoreUnavailableError(f"{close.name}: its usage is accrued") from there

    def complete(self, close: Close) -> Close:
        month = keys.closed_month(close.entity, close.name)
        done = Update(
            month,
            set={"not_accrued": list(close.not_accrued or ())},
            conditions=(Absent("not_accrued", guard="accrued_once"),),
        )
        try:
            self._table.write(done)
        except ConditionFailedError:
            return self._close(close.entity, close.month)
        return close

    def accrued(self, close: Close) -> Sequence[Fact]:
        key = keys.accrual(close.entity, close.name, "", "")
        first = key.sk.removesuffix("#")
        items = self._table.query(key.pk, first=first, last=f"{first}{keys.LAST}")
        return [fact_from_item(item) for item in items]

    def releases(self, close: Close, found: Sequence[tuple[Fact, Entry]]) -> Sequence[Fact]:
        booked_on = close.until - ONE_DAY
        stored = []
        for fact, entry in found:
            key = keys.release(fact.customer_id, close.name, fact.invoice_id)
            item = {
                "pk": key.pk,
                "sk": key.sk,
                "schema": SCHEMA,
                "entity": close.entity,
                "booked_on": booked_on.isoformat(),
                "invoice": fact.invoice_id,
                **entry_to_item(entry),
            }
            try:
                self._table.write(Put(item, (NoItem(guard="release_once"),)))
            except ConditionFailedError as there:
                item = there.refused[0].stored or item
            stored.append(fact_from_item(item))
        return stored

    def finish(self, close: Close) -> None:
        self._table.write(Put(_close_to_item(close)))

    def enter(self, one: EntryByHand) -> EntryByHand:
        item = _entry_to_item(one)
        month = keys.closed_month(one.entity, month_name(one.on))
        put = Put(item, (NoItem(guard="entry_once"),))
        try:
            self._table.write(put, Check(month, (Absent("status", guard="month_open"),)))
        except ConditionFailedError as refused:
            known = self._table.get(put.key)
            if known:
                return _entry_from_item(known)
            raise StateConflictError(
                f"on: expected a day of a month that is open, found {one.on}", pointer="/on"
            ) from refused
        return one

    def entered(self, entity: str) -> Sequence[EntryByHand]:
        key = keys.entry_by_hand(entity, "")
        items = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [_entry_from_item(item) for item in items]

    def _close(self, entity: str, month: date) -> Close:
        item = self._table.get(keys.closed_month(entity, month_name(month)))
        if item is None:
            raise LookupError(f"close of {entity} {month}: expected one, found none")
        return close_from_item(item)


def _close_to_item(close: Close) -> Item:
    key = keys.closed_month(close.entity, close.name)
    rows = [
        [one.account, one.currency, one.opening, one.debit, one.credit] for one in close.balances
    ]
    waiting = close.not_accrued
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "status": close.status.value,
        "asked_at": close.asked_at.isoformat(),
        "by": close.asked_by,
        "entries": close.entries,
        "chain": close.chain,
        "balances": rows,
        **present(not_accrued=None if waiting is None else list(waiting)),
    }


def close_from_item(item: Item) -> Close:
    with reading(item):
        return Close(
            entity=item["pk"].removeprefix("K#"),
            month=date.fromisoformat(f"{item['sk'].removeprefix('C#')}-01"),
            status=CloseStatus(item["status"]),
            asked_at=datetime.fromisoformat(item["asked_at"]),
            asked_by=item["by"],
            entries=item["entries"],
            chain=item["chain"],
            balances=tuple(Balance(*row) for row in item["balances"]),
            not_accrued=tuple(item["not_accrued"]) if "not_accrued" in item else None,
        )


def _is_booked(item: Item, entity: str) -> bool:
    """Tell whether an item is a fact of an entity's books that no close has written for itself."""
    return "jrn" in item and item["entity"] == entity and not item["sk"].startswith(OF_CLOSES)


def _accrual_to_item(key: Key, entity: str, on: date, entry: Entry) -> Item:
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "entity": entity,
        "booked_on": on.isoformat(),
        **entry_to_item(entry),
    }


def _entry_to_item(one: EntryByHand) -> Item:
    key = keys.entry_by_hand(one.entity, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "entity": one.entity,
        "booked_on": one.on.isoformat(),
        "text": one.text,
        "by": one.by,
        **entry_to_item(one.entry),
    }


def _entry_from_item(item: Item) -> EntryByHand:
    with reading(item):
        return EntryByHand(
            id=item["sk"].removeprefix("E#"),
            entity=item["entity"],
            on=date.fromisoformat(item["booked_on"]),
            text=item["text"],
            by=item["by"],
            entry=entry_from_item(item),
        )
