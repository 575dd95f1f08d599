"""Rate: finish the execution that is open, take the next number, and say how far it has come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from solde.domain.periods import day_of
from solde.domain.usage.buckets import buckets_for
from solde.workflows.rate_usage.amend import amend
from solde.workflows.rate_usage.bucket import PayerBook, rate_bucket
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.inputs import split
from solde.workflows.rate_usage.manifest import (
    Asked,
    Manifest,
    next_manifest,
    read_manifest,
    still_open,
    take,
)
from solde.workflows.rate_usage.merge import merge_days
from solde.workflows.rate_usage.result import Outcome
from solde.workflows.rate_usage.state import Execution, State, read_state, write_state
from solde.workflows.raw_events import events_in


@dataclass(frozen=True, slots=True)
class Rated:
    """`number` is the latest execution; `totals` count all events since the first."""

    number: int
    totals: Mapping[str, int]


def rate_usage(as_of: datetime, *, began_at: datetime, context: RatingContext) -> Rated:
    """
    Rate everything that was stored before now; safe to repeat, and to run twice at once.

    `as_of` is business time: the local day that it lies in is the first one not yet complete.
    `began_at` is the wall clock's, by which raw objects are filed. A day without events ends
    after one look.
    """
    state = read_state(context.book.generation(), context.objects)
    mine = False
    while not mine:
        manifest = read_manifest(state.number + 1, context.objects)
        if manifest is None:
            asked = Asked(as_of, began_at, partial(_buckets, context))
            manifest = next_manifest(state, asked, context.objects)
            if not manifest.places:
                break
            if not take(manifest, context.objects):
                continue
            mine = True
        state = execute(manifest, state, context)
    for entity in context.entities.all():
        context.book.rated(entity.code, day_of(as_of, entity.time_zone), at=as_of)
    return Rated(state.number, state.totals)


def _buckets(context: RatingContext, events: int) -> int:
    """Return how many buckets so many events take, whatever meters there are."""
    if context.buckets:
        return context.buckets
    return buckets_for(events, logs=any(one.logs for one in context.meters.meters()))


def execute(manifest: Manifest, state: State, context: RatingContext) -> State:
    """Do the steps of an execution; each finds what was done of it before."""
    split(manifest, context.objects)
    payers = PayerBook(context.subjects)
    outcomes = [
        rate_bucket(manifest, bucket, state, payers, context) for bucket in range(manifest.buckets)
    ]
    kept = state.kept(manifest.began_at, manifest.as_of.date())
    results = tuple(one.result for one in outcomes)
    done = Execution(manifest.number, manifest.began_at, manifest.buckets, results)
    amended = amend(manifest, done, state, context)
    if amended:
        done = replace(done, amended=amended.result)
        outcomes.append(amended)
    merge_days(manifest, outcomes, kept, context)
    after = _after(manifest, state, outcomes, (*kept, done))
    write_state(after, context.objects)
    context.book.completed(manifest.number)
    return after


def _after(
    manifest: Manifest, state: State, outcomes: Sequence[Outcome], executions: Sequence[Execution]
) -> State:
    totals = Counter(state.totals)
    metered = Counter(state.metered)
    totals["read"] += sum(map(events_in, manifest.inputs))
    for one in outcomes:
        totals.update(one.counts)
        metered.update(one.metered)
    totals["open"] = sum(one.result.open_count for one in outcomes)
    open_from, named = still_open(manifest, state.named)
    return State(
        number=manifest.number,
        open_from=open_from,
        named=named,
        totals=dict(sorted(totals.items())),
        metered=dict(sorted(metered.items())),
        executions=tuple(executions),
    )
