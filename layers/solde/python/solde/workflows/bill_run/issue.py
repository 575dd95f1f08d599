"""Issue: drafts plus envelopes become closed documents, customer by customer; safe to repeat."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from solde.domain.dunning import first_action_on
from solde.domain.errors import StateConflictError
from solde.domain.invoicing.canonical import ENVELOPE, canonical, close, digest
from solde.domain.invoicing.document import covered_until
from solde.domain.invoicing.envelope import envelope
from solde.domain.invoicing.gifts import gifts_of
from solde.domain.invoicing.retention import kept_by
from solde.domain.invoicing.taken import bases_of, charged_of, given_back
from solde.domain.late import late_charged
from solde.domain.ledger import waiting_of
from solde.domain.values import light
from solde.ports.billing import Header, Issue, IssueOutcome, PackSlice, Tree
from solde.ports.objects import ObjectStore
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.trees import PackedTrees, put_trees


@light
@dataclass(frozen=True, slots=True)
class _Closed:
    entry: files.Entry
    documents: tuple[tuple[Mapping[str, Any], str, bytes], ...]
    """The closed document, the digest of its draft, its bytes."""
    trees: Sequence[bytes]
    """Why each comes to what it does; b"" where no tree was made."""


def issue_batch(
    run_id: str,
    batch: int,
    ranks: Mapping[str, int],
    *,
    at: datetime,
    context: BillRunContext,
) -> IssueOutcome:
    """
    Materialise a batch of a sealed run.

    Raises:
        StateConflictError: the run is not sealed.

    """
    run = context.runs.run(run_id)
    if run.status is RunStatus.CLOSED:
        return IssueOutcome(())
    if run.status is not RunStatus.SEALED:
        raise StateConflictError(f"run: expected a sealed one, found it {run.status.value}")
    record = context.runs.batch(run_id, batch)
    planned = files.batch_of(context.objects, run_id, record.entries_digest)
    trees = PackedTrees(context.objects, planned.trees)
    closed = list(_closed(run, planned.entries, ranks, trees))
    issues = _issues(run, closed, context)
    outcome = context.billing.issue(issues, run_id=run_id, at=at)
    context.runs.mark_issued(run_id, batch, sum(record.documents.values()))
    return outcome


def _closed(
    run: Run, entries: Sequence[files.Entry], ranks: Mapping[str, int], trees: PackedTrees
) -> Iterator[_Closed]:
    """Give each draft its envelope: the rank counts the documents of its kind before it."""
    taken = {one.kind: one for one in run.ranges}
    place = Counter(ranks)
    packs: dict[str, bytes] = {}
    for entry in entries:
        documents = []
        for body in _drafts(entry, packs, trees.objects):
            draft = orjson.loads(body)
            kind = draft["kind"]
            document = close(draft, envelope(draft, taken[kind], place[kind]))
            place[kind] += 1
            documents.append((document, digest(body), canonical(document)))
        where = entry.reservation.drafts
        why = trees.of(where, packs[where.key])
        yield _Closed(entry, tuple(documents), why or [b""] * len(documents))


def _drafts(entry: files.Entry, packs: dict[str, bytes], objects: ObjectStore) -> list[bytes]:
    """Read a customer's drafts from their pack, and prove that they are what was approved."""
    where = entry.reservation.drafts
    if where.key not in packs:
        packs[where.key] = objects.get(where.key) or b""
    body = packs[where.key][where.offset : where.offset + where.length]
    expected, found = entry.reservation.digest, digest(body)
    if found != expected:
        raise StateConflictError(
            f"drafts of {entry.customer_id}: expected digest {expected}, found {found}"
        )
    return body.splitlines()


def _issues(run: Run, closed: list[_Closed], context: BillRunContext) -> list[Issue]:
    lines = [body + b"\n" for one in closed for _, _, body in one.documents]
    issued_on = run.ranges[0].issued_on if run.ranges else run.target_on
    folder = f"packs/{run.entity}/{issued_on.isoformat()}"
    until = next((kept_by(one) for each in closed for one, _, _ in each.documents), None)
    pack = ""
    if lines:
        pack = files.put_pack(context.objects, folder, b"".join(lines), kept_until=until)
    why = [tree for one in closed for tree in one.trees]
    trees = iter(put_trees(context.objects, pack, why, kept_until=until))
    issues, offset = [], 0
    for one in closed:
        headers = []
        for document, draft_digest, body in one.documents:
            place = PackSlice(pack, offset, len(body))
            proof = Proof(draft_digest, digest(body), one.entry.reservation.rev, next(trees))
            headers.append(header_of(run.id, document, proof, place))
            offset += len(body) + 1
        documents = tuple(document for document, _, _ in one.documents)
        issues.append(
            Issue(
                customer_id=one.entry.customer_id,
                entity=run.entity,
                reservation=one.entry.reservation,
                headers=tuple(headers),
                closed=documents,
            )
        )
    return issues


@light
@dataclass(frozen=True, slots=True)
class Proof:
    """Digests of draft and document, the revision that they were computed from, and their tree."""

    draft: str
    document: str
    snapshot: int
    tree: Tree | None = None


def header_of(run_id: str, document: Mapping[str, Any], proof: Proof, place: PackSlice) -> Header:
    said = document[ENVELOPE]
    due_on = date.fromisoformat(said["due_on"])
    return Header(
        id=said["id"],
        number=said["number"],
        customer_id=document["customer"]["id"],
        entity=document["entity"]["code"],
        kind=document["kind"],
        currency=document["currency"],
        gross_minor=document["totals"]["gross"],
        net_minor=document["totals"]["net"],
        issued_on=date.fromisoformat(said["issued_on"]),
        due_on=due_on,
        covered_to=covered_until(document),
        run_id=run_id,
        draft_digest=proof.draft,
        sha256=proof.document,
        place=place,
        snapshot=proof.snapshot,
        status="open" if document["totals"]["due"] else "paid",
        next_action_on=_first_action_on(document) if document["totals"]["due"] else None,
        bases=bases_of(document),
        back=given_back(document),
        charged=charged_of(document),
        waiting=waiting_of(document),
        gifts=gifts_of(document),
        late=late_charged(document),
        tree=proof.tree,
    )


def _first_action_on(document: Mapping[str, Any]) -> date:
    """Return the day of the first reminder; what is held is not asked for before its day."""
    first_on = first_action_on(date.fromisoformat(document[ENVELOPE]["due_on"]))
    held_until = document["terms"].get("held_until")
    return max(first_on, date.fromisoformat(held_until)) if held_until else first_on
