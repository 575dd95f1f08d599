"""Bill now: what is due of one customer today, as a run of one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from solde.domain.errors import StateConflictError, StoreUnavailableError
from solde.domain.explanation import explained
from solde.domain.identity import derived_id
from solde.domain.invoicing.canonical import ENVELOPE, canonical, close, digest
from solde.domain.invoicing.draft import NOTES
from solde.domain.invoicing.envelope import Range, envelope
from solde.domain.invoicing.parties import Entity
from solde.domain.invoicing.retention import kept_by
from solde.domain.periods import day_of
from solde.domain.rating import Adjustment
from solde.ports.billing import Billable, Header, PackSlice
from solde.ports.runs import Head, RegisterRecord
from solde.ports.singles import LateMark, Revision, Single, Singles, Watermark
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, plan_of
from solde.workflows.bill_run.issue import Proof, header_of
from solde.workflows.bill_run.publish import publish
from solde.workflows.bill_run.seal import Cause, take_numbers
from solde.workflows.bill_run.trees import put_trees, tree_lines

ATTEMPTS = 8


class ReservedError(StateConflictError):
    """A run that is not over holds the customer."""

    code = "reserved"


@dataclass(frozen=True, slots=True)
class NowContext:
    run: BillRunContext
    singles: Singles


@dataclass(frozen=True, slots=True)
class Also:
    """What is written with documents: billing state, facts by hand, an invoice that was late."""

    mark: Watermark | Revision | None = None
    facts: Sequence[Adjustment] = ()
    to_refund: bool = False
    trees: Sequence[Mapping[str, Any]] = ()
    """The derivation trees of the documents, in their order."""
    late: LateMark | None = None

    @property
    def snapshot(self) -> int:
        """The version of the customer that the documents were computed from."""
        return self.mark.read.rev if self.mark else 0


NOTHING_ELSE = Also()


def bill_now(
    customer_id: str, entity_code: str, at: datetime, context: NowContext
) -> Sequence[Header]:
    """
    Bill what is due today and return the headers; empty when nothing is.

    Raises:
        ReservedError: a bill run holds the customer.
        StoreUnavailableError: others were faster, again and again.

    """
    entity = context.run.entities.entity(entity_code)
    today = day_of(at, entity.time_zone)
    for _ in range(ATTEMPTS):
        billable = context.run.billing.load(customer_id, entity_code)
        must_be_free(billable, context.run)
        plan = plan_of(billable, Asked(entity, today), context.run)
        if not plan.documents:
            return ()
        state = billable.state
        covered = [day for day in (state.covered_to, plan.covered_to) if day]
        mark = Watermark(
            read=state,
            through=max(state.through or date.min, today),
            next_due_on=state.aligned(plan.next_due_on),
            covered_to=max(covered, default=None),
        )
        headers = issue_single(
            plan.documents, entity, at=at, context=context, also=Also(mark, trees=explained(plan))
        )
        if headers:
            return headers
    raise StoreUnavailableError(f"{customer_id}: {ATTEMPTS} single issues were overtaken")


def issue_single(
    drafts: Sequence[Mapping[str, Any]],
    entity: Entity,
    *,
    at: datetime,
    context: NowContext,
    also: Also = NOTHING_ELSE,
) -> Sequence[Header]:
    """Try once to number and issue one customer's drafts; empty when somebody was faster."""
    body = b"".join(canonical(draft) + b"\n" for draft in drafts)
    cause = Cause(
        id=derived_id("one", drafts[0]["customer"]["id"], digest(body), at=at),
        plan_digest=digest(body),
        minor=sum(
            draft["totals"]["gross"] * (-1 if draft["kind"] in NOTES else 1) for draft in drafts
        ),
    )
    wanted = Counter(draft["kind"] for draft in drafts)
    heads, records = take_numbers(entity, wanted, at=at, cause=cause, runs=context.run.runs)
    single = _single(drafts, heads, records, context.run, also)
    if also.facts:
        single = replace(single, facts=_with_documents(also.facts, single.closed))
    if not context.singles.issue_single(single, at=at):
        return ()
    for record in records:
        publish(record.series, record.first, context.run)
    return _as_stored(single.headers, context.run)


def _as_stored(headers: Sequence[Header], context: BillRunContext) -> Sequence[Header]:
    """Read headers again: credit notes and credit have settled something of them."""
    return context.billing.issued(headers[0].customer_id, [one.id for one in headers])


def _with_documents(
    facts: Sequence[Adjustment], closed: Sequence[Mapping[str, Any]]
) -> Sequence[tuple[Adjustment, str]]:
    """Say of each fact by hand which document bills it."""
    billed: dict[str, str] = {}
    for one in closed:
        for line in one["lines"]:
            names = [part["id"] for part in line.get("credited", ())] or [line["item"]]
            billed |= dict.fromkeys(names, one[ENVELOPE]["id"])
    return [(one, billed[one.id]) for one in facts]


def must_be_free(billable: Billable, context: BillRunContext) -> None:
    """
    Refuse what must not come between the plan of a run and its issue.

    Raises:
        ReservedError: a run that is not over holds the customer.

    """
    held = billable.state.reservation
    if held and not context.runs.run(held.run_id).status.terminal:
        raise ReservedError(
            f"{billable.state.customer_id}: expected no run to hold it, found {held.run_id}"
        )


def _single(
    drafts: Sequence[Mapping[str, Any]],
    heads: Sequence[Head],
    records: Sequence[RegisterRecord],
    context: BillRunContext,
    also: Also,
) -> Single:
    taken = {one.kind: one for one in records}
    place: Counter[str] = Counter()
    closed = []
    for draft in drafts:
        record = taken[draft["kind"]]
        numbers = Range(
            record.series,
            record.kind,
            record.first,
            record.last,
            record.issued_on,
            record.sealed_at,
        )
        closed.append(close(draft, envelope(draft, numbers, place[draft["kind"]])))
        place[draft["kind"]] += 1
    return Single(
        records=records,
        heads=heads,
        headers=_headers(drafts, closed, records, context, also),
        closed=closed,
        mark=also.mark,
        late=also.late,
        to_refund=also.to_refund,
    )


def _headers(
    drafts: Sequence[Mapping[str, Any]],
    closed: Sequence[Mapping[str, Any]],
    records: Sequence[RegisterRecord],
    context: BillRunContext,
    also: Also,
) -> list[Header]:
    bodies = [canonical(document) for document in closed]
    folder = f"packs/{closed[0]['entity']['code']}/{records[0].issued_on.isoformat()}"
    lines, until = b"".join(body + b"\n" for body in bodies), kept_by(closed[0])
    pack = files.put_pack(context.objects, folder, lines, kept_until=until)
    made = [canonical(draft) for draft in drafts]
    why = tree_lines(also.trees, made).splitlines()
    trees = put_trees(context.objects, pack, why or [b""] * len(made), kept_until=until)
    headers, offset = [], 0
    for draft, document, body, tree in zip(made, closed, bodies, trees, strict=True):
        where = PackSlice(pack, offset, len(body))
        proof = Proof(digest(draft), digest(body), also.snapshot)
        header = header_of(records[0].run_id, document, proof, where)
        headers.append(replace(header, tree=tree))
        offset += len(body) + 1
    return headers
