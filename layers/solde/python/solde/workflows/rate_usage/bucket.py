"""Step 2: one owner per bucket removes duplicates, finds the payers, and writes one result."""

from collections.abc import Iterator, Sequence

import orjson

from solde.domain.usage.buckets import bucket_of
from solde.domain.usage.metering import by_event_type
from solde.ports.usage import Payer, Subjects, Unpaid
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.inputs import blocks
from solde.workflows.rate_usage.known import Sought, known_digests, needs_days
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.rejects import Reject, rejects_in
from solde.workflows.rate_usage.result import Outcome, encode, read_outcome, result_key
from solde.workflows.rate_usage.state import Execution, State
from solde.workflows.rate_usage.tally import Row, Tally
from solde.workflows.raw_events import written

CHUNK = 500
"""Events that are held as values at a time."""


class PayerBook:
    """Payers as found by this execution: each subject is asked for once."""

    def __init__(self, subjects: Subjects) -> None:
        self._subjects = subjects
        self._found: dict[str, Payer | Unpaid] = {}

    def of(self, rows: Sequence[Row]) -> dict[str, Payer | Unpaid]:
        new = {row[7] for row in rows} - self._found.keys()
        if new:
            self._found |= self._subjects.payers(sorted(new))
        return self._found


def rate_bucket(
    manifest: Manifest, bucket: int, state: State, payers: PayerBook, context: RatingContext
) -> Outcome:
    """Rate one bucket, unless its result is there already; two owners write it once."""
    key = result_key(manifest.number, bucket)
    if key not in context.objects.list_keys(key):
        tally = _tally(manifest, bucket, state, payers, context)
        body = encode(tally)
        context.objects.put_new(key, body, content_type="application/octet-stream")
    return read_outcome(key, context.objects)


def _tally(
    manifest: Manifest, bucket: int, state: State, payers: PayerBook, context: RatingContext
) -> Tally:
    carried = list(_carried(manifest, bucket, state, context))
    executions = state.kept(manifest.began_at, manifest.as_of.date())
    known = _known(manifest, bucket, executions, carried, context)
    meters = by_event_type(context.meters.meters())
    tally = Tally(manifest, meters, known)
    for place, one in carried:
        tally.take([one.event.fields], payers.of([one.event]), place, one.since)
    for place, lines in blocks(manifest, bucket, context.objects):
        for at in range(0, len(lines), CHUNK):
            rows = orjson.loads(b"[%b]" % b",".join(lines[at : at + CHUNK]))
            tally.take(rows, payers.of(rows), place)
    return tally


def _known(
    manifest: Manifest,
    bucket: int,
    executions: Sequence[Execution],
    carried: Sequence[tuple[int, Reject]],
    context: RatingContext,
) -> dict[str, str]:
    if not any(one.results for one in executions):
        return {}
    sought = Sought()
    with_days = needs_days(executions, manifest)
    sought.add(blocks(manifest, bucket, context.objects), with_days=with_days)
    again = [(place, [written(one.event)]) for place, one in carried]
    sought.add(again, with_days=with_days)
    return known_digests(sought, executions, bucket, manifest, context.objects)


def _carried(
    manifest: Manifest, bucket: int, state: State, context: RatingContext
) -> Iterator[tuple[int, Reject]]:
    """Yield the open rejects of the execution before that fall into a bucket."""
    latest = state.latest.results if state.latest else ()
    sections = {result.key: result.open for result in latest}
    for place, key in enumerate(manifest.carried):
        offset, length = sections[key]
        for one in rejects_in(context.objects.get_range(key, offset=offset, length=length)):
            if bucket_of(one.event.identity, manifest.buckets) == bucket:
                yield place, one
