"""
What if: issued history is planned again with one input replaced, and nothing is written.

Runs are taken in their order. What a run bills again of what was billed before is compared with
what the runs before it would have billed, not with what they did: a shadow of the documents.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import orjson

from solde.domain.errors import SoldeError
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.tax import Regime
from solde.ports.billing import BillingStore, Header
from solde.ports.objects import ObjectStore
from solde.ports.runs import Run, RunStatus, RunStore
from solde.workflows.replay import Again, Open, plans_again

Fields = Mapping[str, Any]
Shadow = dict[str, Mapping[str, Any]]
"""By the id of an issued document: the one that would be in its place."""
NO_LINES: Fields = {"lines": [], "taxes": []}


@dataclass(frozen=True, slots=True)
class Change:
    """What is replaced: fields of prices by id, of entities by code; whole regimes by code."""

    prices: Mapping[str, Fields] = field(default_factory=dict)
    entities: Mapping[str, Fields] = field(default_factory=dict)
    regimes: Mapping[str, Regime] = field(default_factory=dict)


class Delta(NamedTuple):
    """What a customer was billed and would have been, in minor units, notes as less."""

    customer_id: str
    currency: str
    billed_net: int
    net: int
    billed_gross: int
    gross: int

    @property
    def changed(self) -> bool:
        return self.net != self.billed_net or self.gross != self.billed_gross

    def plus(self, other: "Delta") -> "Delta":
        sums = (mine + one for mine, one in zip(self[2:], other[2:], strict=True))
        return Delta(self.customer_id, self.currency, *sums)


class Found(NamedTuple):
    """Of a run: what it billed and would have; and whom it could not plan, with the reason."""

    run_id: str
    documents: int
    deltas: Sequence[Delta]
    refused: Mapping[str, str]


OpenAltered = Callable[[Change, Shadow], Open]
"""Makes contexts of recorded inputs with a change in them, and a shadow that grows meanwhile."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is stored: the runs, the documents of customers, and their bytes."""

    runs: RunStore
    billing: BillingStore
    archive: ObjectStore


def what_if(
    change: Change, runs: Iterable[Run], books: Books, opened: OpenAltered
) -> Iterator[Found]:
    """
    Yield what each closed run would have billed, in their order.

    Raises:
        NotRecordedError: what a run was planned from was not kept.

    """
    shadow: Shadow = {}
    altered = opened(change, shadow)
    closed = [one for one in runs if one.status is RunStatus.CLOSED and not one.dry]
    for run in sorted(closed, key=lambda one: (one.sealed_at or one.opened_at, one.id)):
        every = [
            one
            for record in books.runs.batches(run.id)
            for one in plans_again(run, record, books.archive, altered)
        ]
        for one in every:
            shadow |= _shadow(one, run, books)
        yield Found(
            run.id,
            sum(one.expected.drafts.count(b"\n") for one in every),
            tuple(delta for one in every for delta in _deltas(one)),
            {
                one.entry.customer_id: f"{one.found.code}: {one.found}"
                for one in every
                if isinstance(one.found, SoldeError)
            },
        )


def _shadow(one: Again, run: Run, books: Books) -> Shadow:
    """Return what would have been issued, where it is another than what was."""
    if isinstance(one.found, SoldeError) or one.found.drafts == one.expected.drafts:
        return {}
    every = books.billing.headers(one.entry.customer_id, issued_since=date.min)
    issued = [header for header in every if header.run_id == run.id]
    made = [orjson.loads(body) for body in one.found.drafts.splitlines()]
    found: Shadow = {}
    for header, document in _matched(issued, made):
        place = header.place
        body = books.archive.get_range(place.key, offset=place.offset, length=place.length)
        was = orjson.loads(body)
        found[header.id] = {**(document or {**was, **NO_LINES}), ENVELOPE: was[ENVELOPE]}
    return found


def _matched(
    issued: Sequence[Header], made: Sequence[dict[str, Any]]
) -> Iterator[tuple[Header, dict[str, Any]]]:
    """
    Put each document that would be in the place of one that was; lines are what counts later.

    Where there are more than there were, the last has the lines of the others too; where there
    are fewer, the others have none.
    """
    ordered = sorted(issued, key=lambda one: one.number)
    for place, header in enumerate(ordered):
        if place >= len(made):
            yield header, {}
        elif place < len(ordered) - 1:
            yield header, made[place]
        else:
            lines = [line for one in made[place:] for line in one["lines"]]
            yield header, {**made[place], "lines": lines}


def _deltas(one: Again) -> Iterator[Delta]:
    """Compare by currency; who cannot be planned is told apart, and counts as he was billed."""
    then = _totals(one.expected.drafts)
    now = then if isinstance(one.found, SoldeError) else _totals(one.found.drafts)
    for currency in sorted(then.keys() | now.keys()):
        net, gross = then.get(currency, (0, 0))
        new_net, new_gross = now.get(currency, (0, 0))
        yield Delta(one.entry.customer_id, currency, net, new_net, gross, new_gross)


def _totals(drafts: bytes) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for body in drafts.splitlines():
        document = orjson.loads(body)
        sign = -1 if document["kind"] == "credit_note" else 1
        net, gross = found.get(document["currency"], (0, 0))
        totals = document["totals"]
        found[document["currency"]] = (net + sign * totals["net"], gross + sign * totals["gross"])
    return found
