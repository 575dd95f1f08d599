"""
Replay: a run is planned again, by the code that bills, from what it was planned from.

The inputs of each chunk lie beside its entries, pinned by the digest of the plan. Equal inputs give
equal bytes; where they do not, the first node that differs is named, causes before what follows
from them: the derivation tree of a line before the line, lines before totals.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from solde.domain.errors import NotFoundError, SoldeError, StateConflictError
from solde.domain.invoicing.canonical import digest
from solde.ports.objects import ObjectStore
from solde.ports.runs import BatchRecord, Run
from solde.workflows.bill_run import files
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, plan_of
from solde.workflows.bill_run.rates import rates_on
from solde.workflows.bill_run.trees import Written, beside, written

Node = dict[str, Any]
Open = Callable[[bytes], BillRunContext]
"""Makes a context of the recorded inputs of a chunk."""


class NotRecordedError(StateConflictError):
    """What a chunk was planned from was not kept: it cannot be planned again."""

    code = "not_recorded"


class Difference(NamedTuple):
    """A node by its path, what the run has there, and what the replay has; None is nothing."""

    node: str
    expected: object
    found: object


@dataclass(frozen=True, slots=True)
class Replayed:
    customer_id: str
    documents: int
    same: bool
    """Whether the documents are byte for byte those of the run."""
    difference: Difference | None = None
    """The first node of documents or trees that is another."""


def replay_batch(
    run: Run, record: BatchRecord, objects: ObjectStore, opened: Open
) -> Iterator[Replayed]:
    """
    Plan the customers of a batch again, and compare each with what was planned.

    Raises:
        NotRecordedError: its inputs were not kept, or are not those that were.

    """
    for one in plans_again(run, record, objects, opened):
        customer_id, count = one.entry.customer_id, one.expected.drafts.count(b"\n")
        if isinstance(one.found, SoldeError):
            said = f"{one.found.code}: {one.found}"
            refused = Difference("plan", "as it was billed", said)
            yield Replayed(customer_id, count, same=False, difference=refused)
            continue
        same = digest(one.found.drafts) == one.entry.reservation.digest
        why = None if one.found == one.expected else first_difference(one.expected, one.found)
        yield Replayed(customer_id, count, same, why)


class Again(NamedTuple):
    """A customer of a batch: what was planned, and what is now, or why nothing can be."""

    entry: files.Entry
    expected: Written
    found: Written | SoldeError


def plans_again(
    run: Run, record: BatchRecord, objects: ObjectStore, opened: Open
) -> Iterator[Again]:
    """
    Plan the customers of a batch again, from what `opened` makes of its inputs.

    Raises:
        NotRecordedError: its inputs were not kept, or are not those that were.

    """
    batch = files.batch_of(objects, run.id, record.entries_digest)
    context = opened(_inputs(run, batch, objects))
    entity = context.entities.entity(run.entity)
    asked = Asked(entity, run.target_on, rates_on(run, entity))
    stored = _Stored(objects)
    for entry in batch.entries:
        expected = stored.of(entry)
        try:
            yield Again(entry, expected, planned(entry.customer_id, asked, context))
        except SoldeError as wrong:
            yield Again(entry, expected, wrong)


def planned(customer_id: str, asked: Asked, context: BillRunContext) -> Written:
    """Plan a customer from recorded inputs, as the run did."""
    billable = context.billing.load(customer_id, asked.entity.code)
    return written(plan_of(billable, asked, context))


def first_difference(expected: Written, found: Written) -> Difference | None:
    """Compare plans node by node, in the order in which one follows from the other."""
    then, now = (dict(_nodes(one)) for one in (expected, found))
    for node in [*then, *(one for one in now if one not in then)]:
        if then.get(node) != now.get(node):
            return Difference(node, then.get(node), now.get(node))
    return None


def _inputs(run: Run, batch: files.Batch, objects: ObjectStore) -> bytes:
    if not batch.inputs:
        raise NotRecordedError(f"{run.id}: expected the inputs of its plan, found none kept")
    body = objects.get(files.inputs_key(run.id, batch.inputs)) or b""
    if (found := digest(body)) != batch.inputs:
        raise NotRecordedError(f"{run.id}: expected inputs {batch.inputs}, found {found}")
    return body


class _Stored:
    """The drafts and trees of a batch as they were planned, read pack by pack."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._packs: dict[str, bytes] = {}
        self._trees: dict[str, dict[str, bytes]] = {}

    def of(self, entry: files.Entry) -> Written:
        where = entry.reservation.drafts
        if not where.length:
            return Written(b"", b"")
        if where.key not in self._packs:
            self._packs[where.key] = self._body(where.key)
            lines = (self._objects.get(beside(where.key)) or b"").splitlines(keepends=True)
            self._trees[where.key] = {orjson.loads(one)["draft"]: one for one in lines}
        drafts = self._packs[where.key][where.offset : where.offset + where.length]
        known = self._trees[where.key]
        trees = [known.get(digest(one), b"") for one in drafts.splitlines()]
        return Written(drafts, b"".join(trees))

    def _body(self, key: str) -> bytes:
        body = self._objects.get(key)
        if body is None:
            raise NotFoundError(f"object: expected {key}, found nothing")
        return body


def _nodes(plans: Written) -> Iterator[tuple[str, object]]:
    """Yield each leaf of the documents and their trees with its path, causes first."""
    trees = [orjson.loads(one) for one in plans.trees.splitlines()]
    for at, body in enumerate(plans.drafts.splitlines()):
        document = orjson.loads(body)
        tree = trees[at] if at < len(trees) else {}
        lines = document.pop("lines")
        told = tree.pop("lines", [])
        tree.pop("draft", None)
        yield from _leaves(f"document {at + 1} tree", tree)
        for number, line in enumerate(lines):
            where = f"document {at + 1} line {number + 1}"
            if number < len(told):
                yield from _leaves(f"{where} tree", told[number])
            yield from _leaves(where, _in_order(line))
        yield from _leaves(f"document {at + 1}", document)


CAUSES = (
    "quantity",
    "steps",
    "exact",
    "expression",
    "gross",
    "discounts",
    "allowances",
    "net",
    "tax",
)
"""Parts of a line in the order in which they follow from each other; the others come before."""


def _in_order(line: Mapping[str, Any]) -> Node:
    first = {name: value for name, value in line.items() if name not in CAUSES}
    return first | {name: line[name] for name in CAUSES if name in line}


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _leaves(f"{path}[{place}]", part)
    else:
        yield path, value
