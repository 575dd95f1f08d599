"""Attempts to collect as stored: one behind the other beside their invoice, found while open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from solde.domain.attempts import Attempt, AttemptState, Decline
from solde.domain.money import Money
from solde.storage import index_keys, keys
from solde.storage.outbox import announcement
from solde.storage.reading import instant, present, reading
from solde.storage.table import (
    Absent,
    ConditionFailedError,
    Equals,
    Item,
    NoItem,
    Put,
    Table,
    Update,
)

SCHEMA = 1


class AttemptTable:
    """The port `Attempts` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str, invoice_id: str) -> Sequence[Attempt]:
        first = keys.attempt(customer_id, invoice_id, 0)
        last = keys.attempt(customer_id, invoice_id, 9999)
        items = self._table.query(first.pk, first=first.sk, last=last.sk)
        return [_from_item(one) for one in items]

    def attempt(self, customer_id: str, invoice_id: str, number: int) -> Attempt | None:
        item = self._table.get(keys.attempt(customer_id, invoice_id, number))
        return _from_item(item) if item else None

    def wake(self, attempt: Attempt, at: datetime) -> bool:
        self._table.write(_asked(attempt, at))
        return True

    def ask(self, attempt: Attempt) -> bool:
        try:
            self._table.write(
                Put(_to_item(attempt), (NoItem(guard="attempt_once"),)),
                _asked(attempt, attempt.asked_at),
            )
        except ConditionFailedError:
            return False
        return True

    def called(self, attempt: Attempt) -> bool:
        at = attempt.called_at.isoformat() if attempt.called_at else ""
        return self._written(
            Update(
                keys.attempt(attempt.customer_id, attempt.invoice_id, attempt.number),
                set={"called_at": at},
                conditions=(
                    Absent("called_at", guard="called_once"),
                    Equals("state", AttemptState.ASKED.value, guard="called_while_asked"),
                ),
            )
        )

    def move(self, read: Attempt, moved: Attempt) -> bool:
        fields = {"state": moved.state.value, **_later(moved)}
        gone: tuple[str, ...] = ("due_pk", "due_sk")
        if moved.open:
            fields["due_sk"], gone = _due(moved), ()
        return self._written(
            Update(
                keys.attempt(read.customer_id, read.invoice_id, read.number),
                set=fields,
                remove=gone,
                conditions=(Equals("state", read.state.value, guard="attempt_as_read"),),
            )
        )

    def leave(self, attempt: Attempt, at: datetime) -> bool:
        try:
            self._table.write(
                Update(
                    keys.attempt(attempt.customer_id, attempt.invoice_id, attempt.number),
                    set={"left": True},
                    conditions=(Equals("state", attempt.state.value, guard="left_as_read"),),
                ),
                _asked(attempt, at),
            )
        except ConditionFailedError:
            return False
        return True

    def due(self, until: datetime) -> Sequence[Attempt]:
        bound = f"{until.isoformat()}#{keys.LAST}"
        found = self._table.due_in(index_keys.due_attempt_shards(), bound)
        read = self._table.get_many(found)
        return [one for item in read.values() if (one := _from_item(item)).open]

    def _written(self, update: Update) -> bool:
        try:
            self._table.write(update)
        except ConditionFailedError:
            return False
        return True


def _asked(attempt: Attempt, at: datetime) -> Put:
    detail = {
        "customer": attempt.customer_id,
        "invoice": attempt.invoice_id,
        "number": attempt.number,
    }
    return announcement("attempt.asked", detail, at=at)


def _due(attempt: Attempt) -> str:
    return f"{attempt.look_at.isoformat()}#{attempt.id}"


def _later(attempt: Attempt) -> dict[str, Any]:
    kind = attempt.kind.value if attempt.kind else ""
    return present(reference=attempt.reference, url=attempt.url, kind=kind, code=attempt.code)


def _to_item(one: Attempt) -> Item:
    key = keys.attempt(one.customer_id, one.invoice_id, one.number)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "id": one.id,
        "by": one.provider,
        "amount": one.amount.minor,
        "currency": one.amount.currency,
        "asked_at": one.asked_at.isoformat(),
        "state": one.state.value,
        "due_pk": index_keys.due_attempt(one.id),
        "due_sk": _due(one),
        **present(method=one.method, return_url=one.return_url),
        **_later(one),
    }


def _from_item(item: Item) -> Attempt:
    with reading(item):
        _, invoice_id, number = item["sk"].split("#")
        asked_at = datetime.fromisoformat(item["asked_at"])
        due = item.get("due_sk", "").partition("#")[0]
        return Attempt(
            id=item["id"],
            customer_id=item["pk"].removeprefix("A#"),
            invoice_id=invoice_id,
            number=int(number),
            provider=item["by"],
            amount=Money(item["amount"], item["currency"]),
            asked_at=asked_at,
            look_at=instant(due) or asked_at,
            method=item.get("method", ""),
            return_url=item.get("return_url", ""),
            state=AttemptState(item["state"]),
            called_at=instant(item.get("called_at")),
            reference=item.get("reference", ""),
            url=item.get("url", ""),
            kind=Decline(item["kind"]) if "kind" in item else None,
            code=item.get("code", ""),
            left=item.get("left", False),
        )
