"""Run records: the truth of a bill run, whatever becomes of the execution that drives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from solde.domain.invoicing.envelope import Range


class RunStatus(Enum):
    PLANNING = "planning"
    PLANNED = "planned"
    APPROVED = "approved"
    SEALED = "sealed"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def terminal(self) -> bool:
        return self in (RunStatus.CLOSED, RunStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Run:
    """`pins` names what the amounts follow from: engine, entity version, catalog digest, rating."""

    id: str
    entity: str
    target_on: date
    attempt: int
    status: RunStatus
    opened_at: datetime
    pins: Mapping[str, str]
    dry: bool = False
    select_digest: str = ""
    batches: int = 0
    due: int = 0
    plan_digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    """documents by kind, customers skipped and parked, total in minor units by currency."""
    approved_by: str = ""
    sealed_at: datetime | None = None
    cancelled_at: datetime | None = None
    refused: str = ""
    """Why its seal was refused: it was cancelled for that, and the attempt after it plans again."""
    ranges: tuple[Range, ...] = ()
    converted: Mapping[str, str] = field(default_factory=dict)
    """By currency: the rate of exchange at which the invoices of its plan say their tax."""

    @property
    def planned_until(self) -> datetime:
        """Since when nobody is asked to plan for it; a worker that was asked may still be at it."""
        return self.sealed_at or self.cancelled_at or self.opened_at


@dataclass(frozen=True, slots=True)
class Parked:
    customer_id: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What one chunk came to; the entries lie in S3 under `entries_digest`."""

    run_id: str
    number: int
    entries_digest: str
    documents: Mapping[str, int]
    totals: Mapping[str, int]
    skipped: int
    parked: tuple[Parked, ...]
    customers: int
    issued: int | None = None
    converted: Mapping[str, str] = field(default_factory=dict)
    """By currency: the rate of exchange at which its invoices say their tax."""


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a series after its last record."""

    series: str
    last: int
    hash: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One taking of numbers; chained by hash, copied to S3 before its documents are issued."""

    series: str
    kind: str
    first: int
    last: int
    issued_on: date
    sealed_at: datetime
    run_id: str
    plan_digest: str
    totals: Mapping[str, int]
    previous_hash: str
    hash: str


class RunStore(Protocol):
    def open(self, run: Run) -> Run:
        """Put run and run key; where an attempt exists already, return that one."""
        ...

    def run(self, run_id: str) -> Run:
        """Raise NotFoundError where there is none."""
        ...

    def attempts(self, entity: str, target_on: date) -> Sequence[Run]:
        """Return the runs of a target day, first attempt first; dry ones are among them."""
        ...

    def unfinished(self) -> Sequence[str]: ...

    def select(self, run_id: str, *, digest: str, batches: int, due: int) -> Run:
        """Set what was selected, once; return the run as it then is."""
        ...

    def put_batch(self, record: BatchRecord) -> BatchRecord:
        """Put a batch record, once; return the one that is stored."""
        ...

    def batch(self, run_id: str, number: int) -> BatchRecord:
        """Raise NotFoundError where there is none."""
        ...

    def batches(self, run_id: str) -> Sequence[BatchRecord]: ...

    def plan(
        self,
        run_id: str,
        *,
        digest: str,
        counts: Mapping[str, int],
        converted: Mapping[str, str] | None = None,
    ) -> Run:
        """Planning → planned, once; return the run as it then is."""
        ...

    def approve(self, run_id: str, *, plan_digest: str, by: str) -> Run:
        """Planned → approved on condition of the digest; StateConflictError otherwise."""
        ...

    def wait_with(self, run_id: str, task_token: str) -> None:
        """Keep the token by which the engine is told of an approval."""
        ...

    def task_token(self, run_id: str) -> str: ...

    def cancel(self, run_id: str, *, at: datetime, reason: str = "") -> Run:
        """→ cancelled from any state before sealed; StateConflictError otherwise."""
        ...

    def seal(
        self, run: Run, records: Sequence[RegisterRecord], heads: Sequence[Head]
    ) -> Run | None:
        """Take the numbers: heads, records and run in one transaction; None when overtaken."""
        ...

    def head(self, series: str) -> Head: ...

    def record(self, series: str, number: int) -> RegisterRecord | None:
        """Return the record that took a number."""
        ...

    def mark_issued(self, run_id: str, batch: int, documents: int) -> None: ...

    def close(self, run_id: str) -> Run:
        """Sealed → closed, once."""
        ...

    def settled(self, run_id: str) -> None:
        """Take a terminal run whose reservations are released out of the sweep's sight."""
        ...
