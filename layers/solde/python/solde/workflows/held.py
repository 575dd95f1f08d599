"""How much of a line stands when a person gives back of it: what is taken back later, it shares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from solde.domain.errors import StateConflictError
from solde.domain.invoicing.parties import Entity
from solde.domain.rating import LineCredit, Proposal, extras, held, propose
from solde.ports.billing import Billable
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, Gathered, gather

ALL = Fraction(1)
Documents = Iterable[Mapping[str, Any]]


def with_share(
    one: LineCredit, later: Documents, billable: Billable, entity: Entity, context: BillRunContext
) -> LineCredit:
    """
    Return a credit by hand with the share of its days and units that the timeline still has.

    `later` are the documents that took back of the invoice.

    Raises:
        StateConflictError: changes of the same period wait to be billed.

    """
    if not any(_taken_by_a_run(one, document) for document in later):
        return one
    state, period = billable.state, one.key.period
    if state.dirty_from and state.dirty_from < period.end_on:
        raise StateConflictError(
            f"invoice: expected its changes to be billed first, found some of {state.dirty_from}"
        )
    opened = replace(billable, state=replace(state, dirty_from=period.start_on))
    found = gather(opened, Asked(entity, state.through or date.min), context)
    mine = (each for each in _proposed(found) if each.key == one.key)
    lines = [line for line in found.billed.lines if line.key == one.key]
    shares = [held(one, each, lines) for each in mine]
    return replace(one, held=shares[0] or ALL) if shares else one


def _proposed(found: Gathered) -> Iterator[Proposal]:
    for subscription in found.subscriptions:
        yield from propose(subscription, found.window, found.terms)
    yield from extras(found.billed.adjustments, found.window)


def _taken_by_a_run(one: LineCredit, document: Mapping[str, Any]) -> bool:
    """Tell whether a document takes back days or units of the credit's charge."""
    key = one.key
    return any(
        (line["item"], line["component"]) == (key.item_id, key.component)
        and (line["price"]["id"], line["price"]["version"], line["price"].get("part", ""))
        == (key.price_id, key.price_version, key.part)
        and line["period"]["start_on"] == key.period.start_on.isoformat()
        and line.get("corrects", {}).get("id") == one.invoice_id
        and not line.get("cancels")
        and line["units"] != "0"
        for line in document["lines"]
    )
