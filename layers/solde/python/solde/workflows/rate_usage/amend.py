"""
Step 2b: what corrections and cancellations come to, once all buckets are rated.

What they change is a result like that of a bucket: partials of days, with what is taken back. They
wait, as open rejects, until the event that they name is there.
"""

from collections.abc import Iterable

from solde.domain.usage.event import Flaw, shown
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.amendment import Amendment, amendments_in, logged
from solde.workflows.rate_usage.amends import Amended, Amends
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.originals import Originals
from solde.workflows.rate_usage.rejects import RejectLog, reject, stays_open
from solde.workflows.rate_usage.result import Outcome, day_sections, packed, read_outcome
from solde.workflows.rate_usage.state import Execution, State


def amend(
    manifest: Manifest, current: Execution, state: State, context: RatingContext
) -> Outcome | None:
    """
    Decide what counts where events correct or cancel others; None where none does.

    `current` is this execution, whose buckets are rated; `state` that before it.
    """
    pending = pending_in(current, state, context.objects)
    if not pending:
        return None
    key = amended_key(manifest.number)
    if key not in context.objects.list_keys(key):
        kept = state.kept(manifest.began_at, manifest.as_of.date())
        executions = (current, *reversed(kept))
        rated = Originals(executions, context.subjects, context.objects)
        as_of, meters = manifest.as_of.date(), context.meters.meters()
        found = Amends(as_of, executions, rated, meters, context.objects).apply(pending)
        body = _body(found, manifest)
        context.objects.put_new(key, body, content_type="application/octet-stream")
    return read_outcome(key, context.objects)


def amended_key(number: int) -> str:
    return f"rating/results/{number:08d}-amended"


def pending_in(current: Execution, state: State, objects: ObjectStore) -> list[Amendment]:
    """Return what waits since the execution before, and what is new in this."""
    before = state.latest.amended if state.latest else None
    waiting = amendments_in(before, objects) if before and before.open_count else ()
    new = (one for result in current.results for one in amendments_in(result, objects))
    return [*(one for one in waiting if one.waits), *new]


def _body(found: Amended, manifest: Manifest) -> bytes:
    open_log, final_log = RejectLog(), RejectLog()
    kept: list[Amendment] = list(found.applied)
    counts = {"amended": len(found.applied)}
    for one in found.waiting:
        kind, _, event_id = one.event.amends or ("", "", "")
        flaw = Flaw(f"/{kind}", "unknown_event", "the source and id of an event", shown(event_id))
        row = reject("unknown_event", flaw, one.since, one.event)
        if stays_open(row, manifest.began_at):
            open_log.add(row)
            kept.append(one._replace(waits=True))
        else:
            final_log.add(row)
            _count(counts, "unknown_event")
    for code, expected, refused in _refused(found):
        kind = (refused.event.amends or ("",))[0]
        flaw = Flaw(f"/{kind}", code, expected, shown(refused.event.id))
        final_log.add(reject(code, flaw, refused.since, refused.event))
        _count(counts, code)
    sections = {
        "open": open_log.body(),
        "final": final_log.body(),
        "amends": logged(sorted(kept, key=lambda one: one.event.identity)),
        **day_sections(found.moved.used),
    }
    header = {
        "entries": 0,
        "open": open_log.count,
        "final": final_log.count,
        "counts": dict(sorted(counts.items())),
        "metered": dict(sorted(found.moved.metered.items())),
    }
    return packed(sections, header)


def _refused(found: Amended) -> Iterable[tuple[str, str, Amendment]]:
    for one in found.beyond:
        yield "beyond_horizon", "an event of the last thirteen months", one
    for one in found.outdone:
        yield "amended_twice", "one event, the latest by time, that amends another", one


def _count(counts: dict[str, int], code: str) -> None:
    counts[f"final.{code}"] = counts.get(f"final.{code}", 0) + 1
