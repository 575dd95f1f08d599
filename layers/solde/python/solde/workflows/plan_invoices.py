"""Plan invoices: an order becomes lines by hand, each due on its day or when its event is told."""

from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import InvalidError, NotFoundError, StoreUnavailableError
from solde.domain.identity import no_id
from solde.domain.invoice_plans import InvoicePlan
from solde.domain.periods import day_of
from solde.ports.adjustments import Entered
from solde.ports.invoice_plans import InvoicePlans
from solde.workflows.adjust import AdjustContext, enter, must_be_in_time, state_with
from solde.workflows.subscribe import ATTEMPTS


@dataclass(frozen=True, slots=True)
class PlanContext:
    adjust: AdjustContext
    plans: InvoicePlans


def make_plan(plan: InvoicePlan, at: datetime, context: PlanContext) -> InvoicePlan:
    """
    Store a plan with the lines of its dated milestones; made again, it is the one that is stored.

    Raises:
        InvalidError: a day is past, or too far ahead.
        StoreUnavailableError: others were faster, again and again.

    """
    run = context.adjust.run
    today = day_of(at, run.entities.entity(plan.entity).time_zone)
    lines = plan.dated()
    for one in lines:
        must_be_in_time(one, today)
    for _ in range(ATTEMPTS):
        if known := context.plans.plan(plan.customer_id, plan.id):
            return known
        state = run.billing.load(plan.customer_id, plan.entity).state
        after = state
        for one in lines:
            after = state_with(one, after, today)
        if context.plans.make(plan, lines, read=state, after=after, at=at):
            return plan
    raise StoreUnavailableError(f"customer {plan.customer_id}: changed {ATTEMPTS} times meanwhile")


def reach(
    customer_id: str, plan_id: str, place: int, due_on: date, at: datetime, context: PlanContext
) -> Entered:
    """
    Tell that the event of a milestone has come: its line is due on a day. Told again, it stands.

    Raises:
        NotFoundError: the customer has no such plan, or it no such milestone.
        InvalidError: the milestone has a day of its own, or the day is past or too far ahead.

    """
    plan = context.plans.plan(customer_id, plan_id)
    if plan is None:
        raise NotFoundError(f"invoice plan: {no_id('pln', plan_id)}")
    if not 1 <= place <= len(plan.milestones):
        raise NotFoundError(f"milestone: expected 1 to {len(plan.milestones)}, found {place}")
    if own := plan.milestones[place - 1].due_on:
        raise InvalidError(f"milestone: expected one that waits for an event, found one on {own}")
    return enter(customer_id, plan.entity, plan.line(place, due_on), at, context.adjust)
