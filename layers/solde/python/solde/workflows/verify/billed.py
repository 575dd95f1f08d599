"""Billed: proposing all history again finds nothing to add and nothing to take back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from solde.domain.errors import SoldeError
from solde.ports.audit import Stored
from solde.ports.billing import BillingState
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, plan_of
from solde.workflows.verify.report import Finding, finding


def nothing_twice_nothing_missed(stored: Stored, context: BillRunContext) -> Finding:
    """
    I1: for every customer at rest, the lines ever issued sum to the price of the timeline.

    Customers with a change that waits for the next run are counted by it, not here.
    """
    rested = [state for state in stored.states if _at_rest(state)]

    def violations() -> Iterator[str]:
        for state in rested:
            yield from _again(state, context)

    return finding("I1", "nothing billed twice, nothing missed", len(rested), violations())


def _at_rest(state: BillingState) -> bool:
    return bool(state.through and not state.dirty_from and not state.reservation)


def _again(state: BillingState, context: BillRunContext) -> Iterator[str]:
    """Plan everything up to the watermark as if all of it were open."""
    try:
        billable = context.billing.load(state.customer_id, state.entity)
        whole = replace(billable, state=replace(billable.state, dirty_from=date.min))
        entity = context.entities.entity(state.entity)
        plan = plan_of(whole, Asked(entity, state.through or date.min), context)
    except SoldeError as wrong:
        yield f"{state.customer_id}: {wrong}"
        return
    for document in plan.documents:
        for line in document["lines"]:
            days = f"{line['service']['start_on']}..{line['service']['end_on']}"
            yield (
                f"{state.customer_id}: {line['component']} of {line['item']} {days}: "
                f"{document['kind']} of {line['net']} is missing"
            )
