"""
Plan: each customer of a chunk is read, computed, and reserved; nothing is numbered yet.

The drafts are stored before any reservation names them. A customer that cannot be billed is
parked with the reason, and the others go on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from solde.domain.errors import SoldeError
from solde.domain.invoicing.canonical import digest
from solde.domain.invoicing.plan import CustomerPlan, compared, documented, drafted, proposed
from solde.ports.billing import Billable, BillingState, PackSlice, Reservation
from solde.ports.runs import BatchRecord, Parked, Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, gather, looked_at, plan_of, with_credit
from solde.workflows.bill_run.rates import converted, rates_on, together
from solde.workflows.bill_run.trees import Written, pins, put_beside, written

ATTEMPTS = 3

T = TypeVar("T")


@dataclass(slots=True)
class _Chunk:
    """What is known of the customers of a chunk so far."""

    reserved: dict[str, Reservation] = field(default_factory=dict)
    parked: dict[str, Parked] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    """By pack of drafts: the digest of their trees."""


class _Planned(NamedTuple):
    """What is left of a plan once it is written: its documents are not held as objects too."""

    state: BillingState
    written: Written
    kinds: tuple[str, ...]
    total_minor: int
    next_due_on: date | None
    covered_to: date | None
    converted: Mapping[str, str]


def plan_chunk(
    run_id: str, batch: int, customers: Sequence[str], context: BillRunContext
) -> BatchRecord | None:
    """
    Plan a chunk and put its batch record; None when the run is past planning.

    Called again later, or overtaken by another try, it lets go of what it holds and no batch
    record names.
    """
    run = context.runs.run(run_id)
    if run.status is not RunStatus.PLANNING:
        _tidy(run, batch, customers, context)
        return None
    if context.inputs:
        context.inputs.begin()
        context.catalogs.forget()  # what is remembered of it would not be read, hence not kept
    entity = context.entities.entity(run.entity)
    asked = Asked(entity, run.target_on, rates_on(run, entity))
    chunk = _Chunk()
    waiting = list(customers)
    for _ in range(ATTEMPTS):
        waiting = _plan_and_reserve(run, asked, waiting, chunk, context)
        if not waiting:
            break
    for customer_id in waiting:
        reason = f"changed {ATTEMPTS} times while it was planned"
        chunk.parked[customer_id] = Parked(customer_id, "changing", reason)
    record = _record(run, batch, customers, chunk, context)
    run = context.runs.run(run_id)
    stored = None if run.status.terminal else context.runs.put_batch(record)
    if stored is None or stored.entries_digest != record.entries_digest:
        _tidy(run, batch, customers, context)
    return stored


def _tidy(run: Run, batch: int, customers: Sequence[str], context: BillRunContext) -> None:
    """Release what is held for this run beside what its batch record says."""
    kept: dict[str, str] = {}
    if not run.status.terminal:
        record = context.runs.batch(run.id, batch)
        entries = files.entries(context.objects, run.id, record.entries_digest)
        kept = {one.customer_id: one.reservation.digest for one in entries}
    for customer_id in customers:
        context.billing.release(customer_id, run.entity, run.id, keep=kept.get(customer_id, ""))


def _plan_and_reserve(
    run: Run, asked: Asked, customers: Sequence[str], chunk: _Chunk, context: BillRunContext
) -> list[str]:
    """Return the customers whose billing state moved under us, to be read again."""
    planned = _planned(run, asked, customers, chunk, context)
    pack = files.put_pack(
        context.objects, f"runs/{run.id}/drafts", b"".join(one.written.drafts for one in planned)
    )
    if trees := b"".join([one.written.trees for one in planned]):
        chunk.trees[pack] = put_beside(context.objects, pack, trees)
    ready, offset = [], 0
    for one in planned:
        reservation = _reservation(run, one, PackSlice(pack, offset, len(one.written.drafts)))
        ready.append((reservation, context.billing.to_reserve(one.state, reservation)))
        offset += len(one.written.drafts)
    again = []
    for one, (reservation, hold) in zip(planned, ready, strict=True):
        if run.dry or hold():
            chunk.reserved[one.state.customer_id] = reservation
        else:
            again.append(one.state.customer_id)
    return again


def _planned(
    run: Run, asked: Asked, customers: Sequence[str], chunk: _Chunk, context: BillRunContext
) -> list[_Planned]:
    """
    Take all customers through each step before the next one.

    Computing between two calls of the table's client would cost half as much again: each throws
    the other's code and data out of the processor's caches. So do the steps of a decision, by as
    much again: together they are more code than those caches hold. What a step is done with is let
    go at once.
    """
    adopted: dict[str, Billable] = {}

    def free(customer_id: str) -> Billable | None:
        billable = rows.pop(customer_id)()
        if not _held(run, billable.state, chunk, context):
            return billable
        if context.inputs and customer_id in chunk.reserved:
            adopted[customer_id] = billable
        return None

    rows = _each(customers, lambda one: context.billing.read(one, run.entity), chunk)
    loaded = _each(list(rows), free, chunk)
    # Planned by an earlier delivery of this chunk: planned again, for what it reads.
    _each(adopted, lambda one: plan_of(adopted[one], asked, context), _Chunk())
    gathered = _each(loaded, lambda one: gather(loaded[one], asked, context), chunk)
    looks = _each(gathered, lambda one: looked_at(gathered[one]), chunk)
    proposals = _each(list(looks), lambda one: proposed(looks.pop(one)), chunk)
    charges = _each(list(proposals), lambda one: compared(proposals.pop(one)), chunk)
    drafts = _each(list(charges), lambda one: drafted(charges.pop(one)), chunk)
    plans = _each(list(drafts), lambda one: documented(drafts.pop(one)), chunk)
    paid = _each(list(plans), lambda one: with_credit(gathered.pop(one), plans.pop(one)), chunk)
    planned = _each(list(paid), lambda one: _written(loaded[one].state, paid.pop(one)), chunk)
    return list(planned.values())


def _each(customers: Iterable[str], step: Callable[[str], T | None], chunk: _Chunk) -> dict[str, T]:
    """Take a step for each customer; who fails is parked, who is done with is left off."""
    found = {}
    for customer_id in customers:
        try:
            made = step(customer_id)
        except SoldeError as wrong:
            if wrong.retryable:
                raise
            chunk.parked[customer_id] = Parked(customer_id, wrong.code, str(wrong))
            continue
        if made is not None:
            found[customer_id] = made
    return found


def _written(state: BillingState, plan: CustomerPlan) -> _Planned:
    return _Planned(
        state,
        written(plan),
        plan.kinds,
        plan.total_minor,
        plan.next_due_on,
        plan.covered_to,
        converted(plan.documents),
    )


def _held(run: Run, state: BillingState, chunk: _Chunk, context: BillRunContext) -> bool:
    """Adopt a reservation of this run; leave a customer whom another live run holds."""
    held = state.reservation
    if held is None:
        return False
    if held.run_id == run.id:
        chunk.reserved[state.customer_id] = held
        return True
    if context.runs.run(held.run_id).status.terminal:
        return False
    reason = f"reserved by {held.run_id}"
    chunk.parked[state.customer_id] = Parked(state.customer_id, "reserved", reason)
    return True


def _reservation(run: Run, one: _Planned, drafts: PackSlice) -> Reservation:
    state = one.state
    covered = [day for day in (state.covered_to, one.covered_to) if day]
    return Reservation(
        run_id=run.id,
        digest=digest(one.written.drafts),
        rev=state.rev,
        drafts=drafts,
        kinds=one.kinds,
        total_minor=one.total_minor,
        through=max(state.through or date.min, run.target_on),
        next_due_on=state.aligned(one.next_due_on),
        covered_to=max(covered, default=None),
        converted=one.converted,
    )


def _record(
    run: Run, batch: int, customers: Sequence[str], chunk: _Chunk, context: BillRunContext
) -> BatchRecord:
    """Count what is reserved, as it is stored, in the order of the chunk."""
    held = [(one, chunk.reserved[one]) for one in customers if one in chunk.reserved]
    documents = Counter(kind for _, reservation in held for kind in reservation.kinds)
    entries = [files.Entry(customer_id, one) for customer_id, one in held]
    packs = [one.drafts.key for _, one in held if one.kinds]
    trees = pins(context.objects, packs, chunk.trees)
    inputs = ""
    if context.inputs and entries:
        inputs = files.put_inputs(context.objects, run.id, context.inputs.taken())
    return BatchRecord(
        run_id=run.id,
        number=batch,
        entries_digest=files.put_batch(
            context.objects, run.id, files.Batch(entries, trees, inputs)
        ),
        documents=dict(documents),
        totals={"minor": sum(reservation.total_minor for _, reservation in held)},
        skipped=sum(not reservation.kinds for _, reservation in held),
        parked=tuple(chunk.parked[one] for one in customers if one in chunk.parked),
        customers=len(customers),
        converted=together(one.converted for _, one in held),
    )
