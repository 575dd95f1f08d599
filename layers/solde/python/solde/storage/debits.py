"""Mandates and direct debits as stored: a mandate beside payments, a debit by its own name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from solde.domain.banking.debit import Debit, DebitState
from solde.domain.banking.mandate import Mandate
from solde.domain.money import Money
from solde.ports.billing import Header
from solde.ports.debits import DebitBatch
from solde.storage import index_keys, keys
from solde.storage.find import find_invoice
from solde.storage.reading import day, present, reading
from solde.storage.table import (
    Absent,
    ConditionFailedError,
    Equals,
    Item,
    ItemExists,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)

SCHEMA = 1
PREFIX = "man_"


class MandateTable:
    """The port `Mandates` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, customer_id: str) -> Sequence[Mandate]:
        key = keys.payment(customer_id, PREFIX)
        rows = self._table.query(key.pk, first=key.sk, last=f"{key.sk}{keys.LAST}")
        return [_mandate(one) for one in rows]

    def mandate(self, customer_id: str, mandate_id: str) -> Mandate | None:
        item = self._table.get(keys.payment(customer_id, mandate_id))
        return _mandate(item) if item and item["kind"] == "mandate" else None

    def sign(self, mandate: Mandate) -> Mandate:
        _written(self._table, Put(_mandate_item(mandate), (NoItem(guard="mandate_once"),)))
        return self.mandate(mandate.customer_id, mandate.id) or mandate

    def end(self, mandate: Mandate) -> None:
        revoked_on = mandate.revoked_on.isoformat() if mandate.revoked_on else None
        said = present(revoked_on=revoked_on, stopped=mandate.stopped or None)
        key = keys.payment(mandate.customer_id, mandate.id)
        self._table.write(Update(key, set=said, conditions=(ItemExists(),)))


class DebitTable:
    """The port `Debits` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.mandate = MandateTable(table).mandate

    def invoice(self, invoice_id: str) -> Header | None:
        return find_invoice(self._table, invoice_id)

    def used(self, mandate: Mandate, debit_id: str) -> Mandate:
        key = keys.payment(mandate.customer_id, mandate.id)
        first = Absent("first", guard="first_use")
        if _written(self._table, Update(key, set={"first": debit_id}, conditions=(first,))):
            return replace(mandate, first=debit_id)
        return self.mandate(mandate.customer_id, mandate.id) or mandate

    def debit(self, debit_id: str) -> Debit | None:
        item = self._table.get(keys.debit(debit_id))
        return _debit(item) if item else None

    def ask(self, debit: Debit) -> Debit:
        _written(self._table, Put(_debit_item(debit), (NoItem(guard="debit_once"),)))
        return self.debit(debit.id) or debit

    def waiting(self, until: str) -> Sequence[Debit]:
        found = self._table.due_in(index_keys.due_debit_shards(), f"{until}#{keys.LAST}")
        rows = map(_debit, self._table.get_many(found).values())
        return sorted((one for one in rows if one.state is DebitState.WAITING), key=_name)

    def claim(self, debit: Debit, batch: str) -> bool:
        free = (Absent("batch", guard="claimed_once"), _waits())
        return _written(
            self._table, Update(keys.debit(debit.id), set={"batch": batch}, conditions=free)
        )

    def release(self, debit: Debit) -> None:
        mine = (Equals("batch", debit.batch, guard="claim_as_read"), _waits())
        _written(self._table, Update(keys.debit(debit.id), remove=("batch",), conditions=mine))

    def sent(self, debit: Debit) -> None:
        said = {"state": DebitState.SENT.value, "collect_on": debit.collect_on.isoformat()}
        mine = (Equals("batch", debit.batch, guard="sent_as_claimed"), _waits())
        gone = ("due_pk", "due_sk")
        _written(self._table, Update(keys.debit(debit.id), set=said, remove=gone, conditions=mine))

    def ended(self, debit: Debit) -> bool:
        before = Absent("code", guard="ended_once")
        said = {"state": debit.state.value, "code": debit.code}
        gone = ("due_pk", "due_sk")
        return _written(
            self._table,
            Update(keys.debit(debit.id), set=said, remove=gone, conditions=(before, ItemExists())),
        )

    def batch(self, batch_id: str) -> DebitBatch | None:
        item = self._table.get(keys.debit_batch(batch_id))
        return batch_from_item(item) if item else None

    def freeze(self, batch: DebitBatch) -> DebitBatch:
        _written(self._table, Put(_batch_item(batch), (NoItem(guard="batch_once"),)))
        return self.batch(batch.id) or batch


def _written(table: Table, write: Write) -> bool:
    try:
        table.write(write)
    except ConditionFailedError:
        return False
    return True


def _waits() -> Equals:
    return Equals("state", DebitState.WAITING.value, guard="debit_waits")


def _name(one: Debit) -> str:
    return one.id


def _mandate_item(one: Mandate) -> Item:
    key = keys.payment(one.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": "mandate",
        "reference": one.reference,
        "entity": one.entity,
        "iban": one.iban,
        "holder": one.holder,
        "signed_on": one.signed_on.isoformat(),
        "scheme": one.scheme,
        "notice": one.notice_days,
    }


def _mandate(item: Item) -> Mandate:
    with reading(item):
        return Mandate(
            id=item["sk"].removeprefix("P#"),
            reference=item["reference"],
            customer_id=item["pk"].removeprefix("A#"),
            entity=item["entity"],
            iban=item["iban"],
            holder=item["holder"],
            signed_on=date.fromisoformat(item["signed_on"]),
            scheme=item["scheme"],
            notice_days=item["notice"],
            first=item.get("first", ""),
            revoked_on=day(item.get("revoked_on")),
            stopped=item.get("stopped", ""),
        )


FIELDS = ("entity", "text", "reference", "iban", "holder", "scheme", "sequence")
NAMES = (("customer", "customer_id"), ("invoice", "invoice_id"), ("mandate", "mandate_id"))


def _debit_item(one: Debit) -> Item:
    key = keys.debit(one.id)
    fields: dict[str, Any] = {name: getattr(one, name) for name in FIELDS}
    fields |= {name: getattr(one, field) for name, field in NAMES}
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "due_pk": index_keys.due_debit(one.id),
        "due_sk": index_keys.due_day(one.collect_on, one.id),
        "number": one.number,
        "amount": one.amount.minor,
        "currency": one.amount.currency,
        "collect_on": one.collect_on.isoformat(),
        "signed_on": one.signed_on.isoformat(),
        "state": one.state.value,
        **fields,
    }


def _debit(item: Item) -> Debit:
    with reading(item):
        fields: dict[str, Any] = {name: item[name] for name in FIELDS}
        fields |= {field: item[name] for name, field in NAMES}
        return Debit(
            id=item["pk"].removeprefix("DD#"),
            number=item["number"],
            amount=Money(item["amount"], item["currency"]),
            collect_on=date.fromisoformat(item["collect_on"]),
            signed_on=date.fromisoformat(item["signed_on"]),
            state=DebitState(item["state"]),
            batch=item.get("batch", ""),
            code=item.get("code", ""),
            **fields,
        )


def _batch_item(one: DebitBatch) -> Item:
    key = keys.debit_batch(one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("ddb", one.id),
        "list_sk": one.id,
        "entity": one.entity,
        "made_at": one.made_at.isoformat(),
        "debits": list(one.debits),
        "total": one.total,
    }


def batch_from_item(item: Item) -> DebitBatch:
    with reading(item):
        return DebitBatch(
            id=item["pk"].removeprefix("DB#"),
            entity=item["entity"],
            made_at=datetime.fromisoformat(item["made_at"]),
            debits=tuple(item["debits"]),
            total=item["total"],
        )
