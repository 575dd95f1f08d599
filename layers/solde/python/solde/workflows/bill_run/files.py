"""The files of a run in the object store: chunks to plan, entries planned, batches to issue."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.canonical import canonical, digest
from solde.domain.values import light
from solde.ports.billing import PackSlice, Reservation
from solde.ports.objects import ObjectStore

JSON = "application/json"
JSON_LINES = "application/jsonl"
FIELDS = 10
"""Of an entry's row; one more has the rates of exchange, where there are any."""


@light
@dataclass(frozen=True, slots=True)
class Entry:
    """What a batch holds of one customer: the plan that is reserved for him."""

    customer_id: str
    reservation: Reservation


class Batch(NamedTuple):
    """
    What one chunk was planned to be, pinned by its digest: the plan that is approved.

    `trees` has the digest of the trees of each pack of drafts; `inputs` is the digest of what the
    chunk was planned from, "" where that was not kept.
    """

    entries: Sequence[Entry]
    trees: Mapping[str, str]
    inputs: str = ""


def chunks_key(run_id: str) -> str:
    return f"runs/{run_id}/chunks.json"


def batches_key(run_id: str) -> str:
    return f"runs/{run_id}/batches.json"


def put_once(objects: ObjectStore, key: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Write a list unless it is there; return the list that is."""
    body = json.dumps(list(rows), separators=(",", ":")).encode()
    if objects.put_new(key, body, content_type=JSON):
        return list(rows)
    return read(objects, key)


def read(objects: ObjectStore, key: str) -> list[Any]:
    rows = read_or_none(objects, key)
    if rows is None:
        raise NotFoundError(f"object: expected {key}, found nothing")
    return rows


def read_or_none(objects: ObjectStore, key: str) -> list[Any] | None:
    body = objects.get(key)
    return None if body is None else json.loads(body)


def put_batch(objects: ObjectStore, run_id: str, batch: Batch) -> str:
    """Store a batch under its digest; return it."""
    said: dict[str, Any] = {"entries": [_row(entry) for entry in batch.entries]}
    if batch.trees:
        said["trees"] = dict(batch.trees)
    if batch.inputs:
        said["inputs"] = batch.inputs
    body = canonical(said)
    name = digest(body)
    objects.put_new(_entries_key(run_id, name), body, content_type=JSON)
    return name


def batch_of(objects: ObjectStore, run_id: str, name: str) -> Batch:
    body = objects.get(_entries_key(run_id, name))
    if body is None:
        raise NotFoundError(f"object: expected entries {name} of {run_id}, found nothing")
    found: dict[str, Any] = json.loads(body)
    entries = [_entry(row) for row in found["entries"]]
    return Batch(entries, found.get("trees", {}), found.get("inputs", ""))


def entries(objects: ObjectStore, run_id: str, name: str) -> Sequence[Entry]:
    return batch_of(objects, run_id, name).entries


def put_inputs(objects: ObjectStore, run_id: str, body: bytes) -> str:
    """Store what a chunk was planned from; return its digest."""
    name = digest(body)
    objects.put_new(inputs_key(run_id, name), body, content_type=JSON)
    return name


def inputs_key(run_id: str, name: str) -> str:
    return f"runs/{run_id}/inputs/{name}.json"


def put_pack(
    objects: ObjectStore, folder: str, body: bytes, *, kept_until: date | None = None
) -> str:
    """Store documents that lie together, under their digest; return the key."""
    key = f"{folder}/{digest(body)[:32]}.jsonl"
    objects.put_new(key, body, content_type=JSON_LINES, kept_until=kept_until)
    return key


def _entries_key(run_id: str, name: str) -> str:
    return f"runs/{run_id}/entries/{name}.json"


def _row(entry: Entry) -> list[Any]:
    one = entry.reservation
    return [
        entry.customer_id,
        one.run_id,
        one.digest,
        one.rev,
        [one.drafts.key, one.drafts.offset, one.drafts.length],
        list(one.kinds),
        one.total_minor,
        one.through.isoformat(),
        one.next_due_on.isoformat() if one.next_due_on else None,
        one.covered_to.isoformat() if one.covered_to else None,
        *([dict(one.converted)] if one.converted else []),
    ]


def _entry(row: Sequence[Any]) -> Entry:
    customer_id, run_id, name, rev, place, kinds, total, through, next_on, covered = row[:FIELDS]
    reservation = Reservation(
        run_id=run_id,
        digest=name,
        rev=rev,
        drafts=PackSlice(*place),
        kinds=tuple(kinds),
        total_minor=total,
        through=date.fromisoformat(through),
        next_due_on=date.fromisoformat(next_on) if next_on else None,
        covered_to=date.fromisoformat(covered) if covered else None,
        converted=row[FIELDS] if len(row) > FIELDS else {},
    )
    return Entry(customer_id, reservation)
