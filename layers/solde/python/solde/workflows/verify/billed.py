"""Billed: proposing all history again finds nothing to add and nothing to take back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from solde.domain.catalog import ChargeKind
from solde.domain.errors import SoldeError
from solde.domain.invoicing.plan import plan_customer
from solde.domain.rating import BilledLine, ChargeKey, own_count, propose
from solde.ports.audit import Stored
from solde.ports.billing import BillingState
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, Gathered, gather
from solde.workflows.verify.report import Finding, differing, finding


def nothing_twice_nothing_missed(
    stored: Stored, context: BillRunContext
) -> tuple[Finding, list[str]]:
    """
    I1: for every customer at rest, the lines ever issued sum to the price of the timeline.

    Customers with a change that waits for the next run are counted by it, not here. Returned
    beside it is what the lines say of events (I5) and day states do not.
    """
    rested = [state for state in stored.states if _at_rest(state)]
    wrong: list[str] = []
    miscounted: list[str] = []
    for state in rested:
        try:
            found = _all_of_it(state, context)
            wrong += _again(state.customer_id, found)
            miscounted += _counts(state.customer_id, found)
        except SoldeError as unreadable:
            wrong.append(f"{state.customer_id}: {unreadable}")
    return finding("I1", "nothing billed twice, nothing missed", len(rested), wrong), miscounted


def _at_rest(state: BillingState) -> bool:
    return bool(state.through and not state.dirty_from and not state.reservation)


def _all_of_it(state: BillingState, context: BillRunContext) -> Gathered:
    """Gather for a plan of everything up to the watermark, as if all of it were open."""
    billable = context.billing.load(state.customer_id, state.entity)
    whole = replace(billable, state=replace(billable.state, dirty_from=date.min))
    entity = context.entities.entity(state.entity)
    return gather(whole, Asked(entity, state.through or date.min), context)


def _again(customer_id: str, found: Gathered) -> Iterator[str]:
    plan = plan_customer(found.billed, found.subscriptions, found.window, found.terms)
    for document in plan.documents:
        for line in document["lines"]:
            days = f"{line['service']['start_on']}..{line['service']['end_on']}"
            yield (
                f"{customer_id}: {line['component']} of {line['item']} {days}: "
                f"{document['kind']} of {line['net']} is missing"
            )


def _counts(customer_id: str, found: Gathered) -> Iterator[str]:
    """
    Compare the events and quantities of the lines of a period with those of its days.

    Where the usage has changed since the last line, the next run has something to say of it.
    """
    lines: dict[ChargeKey, list[BilledLine]] = {}
    for line in found.billed.lines:
        if line.key.kind is ChargeKind.USAGE:
            lines.setdefault(line.key, []).append(line)
    if not lines:
        return
    for subscription in found.subscriptions:
        for one in propose(subscription, found.window, found.terms):
            mine = lines.get(one.key, [])
            if not mine or not one.stretches or mine[-1].inputs != one.inputs:
                continue
            (quantity, count), period = own_count(one.stretches), one.key.period
            where = f"{customer_id}: {one.key.component} {period.start_on}..{period.end_on}"
            events, units = sum(line.count for line in mine), sum(line.units for line in mine)
            yield from differing(f"{where}: events on its lines", count, events)
            yield from differing(f"{where}: quantity", quantity, units)
