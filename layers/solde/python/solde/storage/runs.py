"""Run records and the issue register: status moves one way, by compare-and-set."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.ports.runs import BatchRecord, Head, RegisterRecord, Run, RunStatus
from solde.storage import keys
from solde.storage.run_items import (
    DUE_RUNS,
    batch_from_item,
    batch_to_item,
    head_from_item,
    head_write,
    range_to_item,
    record_from_item,
    record_to_item,
    run_from_item,
    run_to_item,
)
from solde.storage.table import (
    Absent,
    Condition,
    ConditionFailedError,
    Equals,
    NoItem,
    OneOf,
    Put,
    Table,
    Update,
    Write,
)

ID_MAX = 100
BEFORE_SEAL = (RunStatus.PLANNING, RunStatus.PLANNED, RunStatus.APPROVED)


class RunTable:
    """The port `RunStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def open(self, run: Run) -> Run:
        key = keys.run_key(run.entity, run.target_on, run.attempt)
        taken = {"pk": key.pk, "sk": key.sk, "schema": 1, "run": run.id}
        try:
            self._table.write(
                Put(taken, (NoItem(guard="runkey"),)),
                Put(run_to_item(run), (NoItem(guard="run_absent"),)),
            )
        except ConditionFailedError:
            held = self._table.get(key)
            return self.run(held["run"] if held else run.id)
        return run

    def run(self, run_id: str) -> Run:
        item = self._table.get(keys.run(run_id)) if len(run_id) <= ID_MAX else None
        if item is None:
            raise NotFoundError(f"run: {no_id('run', run_id)}")
        return run_from_item(item)

    def attempts(self, entity: str, target_on: date) -> Sequence[Run]:
        found: list[Run] = []
        while item := self._table.get(keys.run_key(entity, target_on, len(found) + 1)):
            found.append(self.run(item["run"]))
        return found

    def unfinished(self) -> Sequence[str]:
        return [key.pk.removeprefix("RUN#") for key in self._table.due(DUE_RUNS, keys.LAST)]

    def select(self, run_id: str, *, digest: str, batches: int, due: int) -> Run:
        return self._once(
            run_id,
            {"select_digest": digest, "batches": batches, "due": due},
            Absent("select_digest", guard="select_once"),
        )

    def put_batch(self, record: BatchRecord) -> BatchRecord:
        try:
            self._table.write(Put(batch_to_item(record), (NoItem(guard="batch_once"),)))
        except ConditionFailedError:
            stored = self._table.get(keys.batch(record.run_id, record.number))
            return batch_from_item(stored) if stored else record
        return record

    def batch(self, run_id: str, number: int) -> BatchRecord:
        item = self._table.get(keys.batch(run_id, number))
        if item is None:
            raise NotFoundError(f"batch: expected {number} of run {run_id}, found nothing")
        return batch_from_item(item)

    def batches(self, run_id: str) -> Sequence[BatchRecord]:
        items = self._table.query(keys.run(run_id).pk, first="B#", last=f"B#{keys.LAST}")
        return [batch_from_item(item) for item in items]

    def plan(
        self,
        run_id: str,
        *,
        digest: str,
        counts: Mapping[str, int],
        converted: Mapping[str, str] | None = None,
    ) -> Run:
        planned = {"status": RunStatus.PLANNED.value, "plan_digest": digest, "counts": dict(counts)}
        return self._once(
            run_id,
            planned | ({"fx": dict(converted)} if converted else {}),
            _status(RunStatus.PLANNING, guard="manifest_once"),
        )

    def approve(self, run_id: str, *, plan_digest: str, by: str) -> Run:
        run = self._once(
            run_id,
            {"status": RunStatus.APPROVED.value, "approved_by": by},
            _status(RunStatus.PLANNED, guard="approve_once"),
            Equals("plan_digest", plan_digest, guard="signed_digest"),
        )
        if run.plan_digest != plan_digest or run.status in (
            RunStatus.PLANNING,
            RunStatus.PLANNED,
            RunStatus.CANCELLED,
        ):
            raise StateConflictError(
                f"plan_digest: expected {run.plan_digest!r} of a planned run, "
                f"found {plan_digest!r}; the run is {run.status.value}"
            )
        return run

    def wait_with(self, run_id: str, task_token: str) -> None:
        self._table.write(Update(keys.run(run_id), set={"token": task_token}))

    def task_token(self, run_id: str) -> str:
        item = self._table.get(keys.run(run_id)) or {}
        return str(item.get("token", ""))

    def cancel(self, run_id: str, *, at: datetime, reason: str = "") -> Run:
        status = OneOf("status", tuple(one.value for one in BEFORE_SEAL), guard="cancel_cas")
        fields = {"status": RunStatus.CANCELLED.value, "cancelled_at": at.isoformat()}
        fields |= {"refused": reason} if reason else {}
        run = self._once(run_id, fields, status)
        if run.status is not RunStatus.CANCELLED:
            raise StateConflictError(
                f"run: expected one that is not sealed, found it {run.status.value}"
            )
        return run

    def seal(
        self, run: Run, records: Sequence[RegisterRecord], heads: Sequence[Head]
    ) -> Run | None:
        writes: list[Write] = []
        for record, head in zip(records, heads, strict=True):
            writes.append(head_write(record, head))
            writes.append(Put(record_to_item(record), (NoItem(guard="record_absent"),)))
        sealed = {
            "status": RunStatus.SEALED.value,
            "sealed_at": run.sealed_at.isoformat() if run.sealed_at else "",
            "ranges": [range_to_item(one) for one in run.ranges],
        }
        writes.append(
            Update(
                keys.run(run.id),
                set=sealed,
                conditions=(
                    _status(RunStatus.APPROVED, guard="seal_cas_run"),
                    Equals("plan_digest", run.plan_digest, guard="seal_digest"),
                ),
            )
        )
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return None
        return self.run(run.id)

    def head(self, series: str) -> Head:
        return head_from_item(series, self._table.get(keys.register_head(series)))

    def record(self, series: str, number: int) -> RegisterRecord | None:
        last = keys.register_record(series, number)
        items = self._table.query(last.pk, first="S#", last=last.sk, backwards=True, limit=1)
        record = next((record_from_item(item) for item in items), None)
        return record if record and number <= record.last else None

    def mark_issued(self, run_id: str, batch: int, documents: int) -> None:
        self._table.write(Update(keys.batch(run_id, batch), set={"issued": documents}))

    def close(self, run_id: str) -> Run:
        return self._once(
            run_id,
            {"status": RunStatus.CLOSED.value},
            _status(RunStatus.SEALED, guard="close_once"),
        )

    def settled(self, run_id: str) -> None:
        self._table.write(Update(keys.run(run_id), remove=("due_pk", "due_sk")))

    def _once(self, run_id: str, fields: Mapping[str, Any], *conditions: Condition) -> Run:
        """Move a run if it is where it should be; whoever comes second reads what the first did."""
        try:
            self._table.write(Update(keys.run(run_id), set=fields, conditions=conditions))
        except ConditionFailedError:
            return self.run(run_id)
        return self.run(run_id)


def _status(status: RunStatus, *, guard: str) -> Condition:
    return Equals("status", status.value, guard=guard)
