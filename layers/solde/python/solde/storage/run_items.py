"""Runs, batches and register records as items."""

from datetime import date, datetime

from solde.domain.invoicing.envelope import Range
from solde.ports.runs import BatchRecord, Head, Parked, RegisterRecord, Run, RunStatus
from solde.storage import index_keys, keys
from solde.storage.reading import day, instant, present, reading
from solde.storage.table import AtMost, Equals, Item, NoItem, Put, Update, Write

SCHEMA = 1
DUE_RUNS = "D#run#0"
LISTED_RUNS = "L#run#0"


def run_to_item(run: Run) -> Item:
    key = keys.run(run.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "due_pk": DUE_RUNS,
        "due_sk": index_keys.due_day(run.target_on, run.id),
        "list_pk": LISTED_RUNS,
        "list_sk": run.id,
        "entity": run.entity,
        "target_on": run.target_on.isoformat(),
        "attempt": run.attempt,
        "status": run.status.value,
        "opened_at": run.opened_at.isoformat(),
        "pins": dict(run.pins),
        "dry": run.dry,
    }


def run_from_item(item: Item) -> Run:
    with reading(item):
        return Run(
            id=item["pk"].removeprefix("RUN#"),
            entity=item["entity"],
            target_on=date.fromisoformat(item["target_on"]),
            attempt=item["attempt"],
            status=RunStatus(item["status"]),
            opened_at=datetime.fromisoformat(item["opened_at"]),
            pins=item["pins"],
            dry=item["dry"],
            select_digest=item.get("select_digest", ""),
            batches=item.get("batches", 0),
            due=item.get("due", 0),
            plan_digest=item.get("plan_digest", ""),
            counts=item.get("counts", {}),
            approved_by=item.get("approved_by", ""),
            sealed_at=instant(item.get("sealed_at")),
            cancelled_at=instant(item.get("cancelled_at")),
            refused=item.get("refused", ""),
            converted=item.get("fx", {}),
            ranges=tuple(_range_from_item(one) for one in item.get("ranges", ())),
        )


def range_to_item(one: Range) -> Item:
    return {
        "series": one.series,
        "kind": one.kind,
        "first": one.first,
        "last": one.last,
        "issued_on": one.issued_on.isoformat(),
        "sealed_at": one.sealed_at.isoformat(),
    }


def _range_from_item(item: Item) -> Range:
    return Range(
        series=item["series"],
        kind=item["kind"],
        first=item["first"],
        last=item["last"],
        issued_on=date.fromisoformat(item["issued_on"]),
        sealed_at=datetime.fromisoformat(item["sealed_at"]),
    )


def batch_to_item(record: BatchRecord) -> Item:
    key = keys.batch(record.run_id, record.number)
    converted = {"fx": dict(record.converted)} if record.converted else {}
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "entries": record.entries_digest,
        "documents": dict(record.documents),
        "totals": dict(record.totals),
        "skipped": record.skipped,
        "parked": [[one.customer_id, one.code, one.reason] for one in record.parked],
        "customers": record.customers,
        **converted,
    }


def batch_from_item(item: Item) -> BatchRecord:
    with reading(item):
        return BatchRecord(
            run_id=item["pk"].removeprefix("RUN#"),
            number=int(item["sk"].removeprefix("B#")),
            entries_digest=item["entries"],
            documents=item["documents"],
            totals=item["totals"],
            skipped=item["skipped"],
            parked=tuple(Parked(*one) for one in item["parked"]),
            customers=item["customers"],
            issued=item.get("issued"),
            converted=item.get("fx", {}),
        )


def record_to_item(record: RegisterRecord) -> Item:
    key = keys.register_record(record.series, record.first)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        **present(
            kind=record.kind,
            first=record.first,
            last=record.last,
            issued_on=record.issued_on.isoformat(),
            sealed_at=record.sealed_at.isoformat(),
            run=record.run_id,
            plan_digest=record.plan_digest,
            totals=dict(record.totals),
            previous=record.previous_hash,
            hash=record.hash,
        ),
    }


def record_from_item(item: Item) -> RegisterRecord:
    with reading(item):
        return RegisterRecord(
            series=item["pk"].removeprefix("R#"),
            kind=item["kind"],
            first=item["first"],
            last=item["last"],
            issued_on=date.fromisoformat(item["issued_on"]),
            sealed_at=datetime.fromisoformat(item["sealed_at"]),
            run_id=item["run"],
            plan_digest=item["plan_digest"],
            totals=item["totals"],
            previous_hash=item.get("previous", ""),
            hash=item["hash"],
        )


def head_from_item(series: str, item: Item | None) -> Head:
    if item is None:
        return Head(series, 0, "", None)
    with reading(item):
        return Head(series, item["n"], item["hash"], day(item["last_on"]))


def head_write(record: RegisterRecord, head: Head) -> Write:
    """Move the head of a series past a record: it must be where the record was computed from."""
    key = keys.register_head(record.series)
    fields = {"n": record.last, "hash": record.hash, "last_on": record.issued_on.isoformat()}
    if head.last_on is None:
        return Put({"pk": key.pk, "sk": key.sk, "schema": 1, **fields}, (NoItem(guard="head"),))
    return Update(
        key,
        set=fields,
        conditions=(
            Equals("n", head.last, guard="head"),
            Equals("hash", head.hash, guard="head"),
            AtMost("last_on", record.issued_on.isoformat(), guard="seal_date"),
        ),
    )
