"""Replay at the rim: stores over recorded inputs, which take no writes; runs kept as files."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass

from solde.adapters.objects_kept import KeptObjects
from solde.domain.invoicing.canonical import canonical
from solde.ports.objects import ObjectStore
from solde.runtime.bill_run import context_of
from solde.storage.recorded import RecordingTable, items_of
from solde.storage.runs import RunTable
from solde.storage.snapshot import Snapshot
from solde.storage.table import Table
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.replay import Open, Replayed, replay_batch


def opening(archive: ObjectStore, usage: ObjectStore) -> Open:
    """Return what makes contexts of inputs; documents and large days lie in two stores."""

    def opened(body: bytes) -> BillRunContext:
        return context_of(Snapshot(items_of(body)), archive, usage, NoEngine())

    return opened


class NoEngine:
    """A replay drives no execution."""

    def start(self, run_id: str) -> None:
        raise AssertionError(f"replay: {run_id} was to be started")

    def approved(self, task_token: str) -> bool:
        raise AssertionError(f"replay: {task_token} was to be answered")


def replayed(
    run_id: str, table: Table, archive: ObjectStore, usage: ObjectStore
) -> Iterator[Replayed]:
    """
    Replay a run that is in the table, batch by batch.

    Raises:
        NotFoundError: there is no such run.
        NotRecordedError: the inputs of a batch were not kept.

    """
    runs = RunTable(table)
    run = runs.run(run_id)
    for record in runs.batches(run_id):
        yield from replay_batch(run, record, archive, opening(archive, usage))


@dataclass(frozen=True, slots=True)
class Recording:
    """A run with all that its replay reads: it can be replayed anywhere, also years later."""

    run_id: str
    table: Snapshot
    archive: KeptObjects
    usage: KeptObjects

    def replayed(self) -> Iterator[Replayed]:
        return replayed(self.run_id, self.table, self.archive, self.usage)


def record(run_id: str, table: Table, archive: ObjectStore, usage: ObjectStore) -> bytes:
    """Replay a run, and return as bytes what was read for it: equal for equal runs."""
    seen = RecordingTable(table)
    kept, days = KeptObjects({}, archive), KeptObjects({}, usage)
    for _ in replayed(run_id, seen, kept, days):
        pass
    told = {
        "run": run_id,
        "items": seen.taken().decode(),
        "archive": {key: body.decode() for key, body in kept.bodies.items()},
        "usage": {key: body.decode() for key, body in days.bodies.items()},
    }
    return gzip.compress(canonical(told), mtime=0)


def recording(body: bytes) -> Recording:
    """Read what `record` returned."""
    told = json.loads(gzip.decompress(body))
    archive, usage = (
        KeptObjects({key: text.encode() for key, text in told[name].items()})
        for name in ("archive", "usage")
    )
    return Recording(told["run"], Snapshot(items_of(told["items"].encode())), archive, usage)
