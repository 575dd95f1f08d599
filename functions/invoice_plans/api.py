"""Invoice plans: an order billed in milestones, by date or by event."""

from datetime import datetime
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.invoice_plans.models import NewInvoicePlan, Reached, Told, plan_shown
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import derived_id, no_id
from solde.domain.invoice_plans import Advance, InvoicePlan
from solde.domain.periods import day_of
from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.by_hand import ALWAYS, product_named
from solde.runtime.clock import business_now
from solde.runtime.deposits import deposit_context
from solde.runtime.http import api, caller
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.adjust import AdjustContext
from solde.workflows.deposit import Wanted, deposit_lot, issue_deposit, plan_deposit
from solde.workflows.plan_invoices import PlanContext, make_plan, reach

app = api("invoice-plans", keyed=("/invoice-plans",))


@app.post("/v1/invoice-plans", status_code=201, summary="Bill an order in milestones")
def create(
    body: NewInvoicePlan, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    """
    Each milestone is billed with what the customer is due on its day; its tax is that day's.

    A `deposit` is asked for at once, or when its event is told, and deducted from what the
    milestones come to.
    """
    customer = wiring.customers().customer(wiring.customers().locate(body.customer))
    default = wiring.entities().entity(customer.entity).currency
    identity = derived_id("pln", caller(app).key_id, key, at=ALWAYS)
    plan = body.plan(identity, customer, product_named(body.product), default)
    at = business_now()
    wanted = _deposit(body, plan, at)
    if wanted:
        plan_deposit(customer, wanted, at, deposit_context())  # refused before a plan is stored
    made = make_plan(plan, at, _context())
    if made != plan:
        raise StateConflictError("Idempotency-Key: expected one not in use for another plan")
    if wanted and not plan.advance:
        issue_deposit(customer, wanted, at, deposit_context())
    return _shown(made)


def _deposit(body: NewInvoicePlan, plan: InvoicePlan, at: datetime) -> Wanted | None:
    """Return the deposit that is asked for on an order, now or by its event."""
    if body.deposit is None:
        return None
    return _wanted(plan, Advance(body.deposit.percent, body.deposit.amount), at)


def _wanted(plan: InvoicePlan, said: Advance, at: datetime) -> Wanted:
    """Return a deposit on the order of a plan, which names it: it is asked for once."""
    today = day_of(at, wiring.entities().entity(plan.entity).time_zone)
    identity = derived_id("dep", plan.id, at=ALWAYS)
    return Wanted(identity, plan.purchase_order, [plan.whole(today)], said.percent, said.minor)


@app.get("/v1/invoice-plans", summary="List the invoice plans of a customer, by id")
def every(
    customer: Annotated[str, Query()],
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
) -> dict[str, Any]:
    owner = wiring.customers().locate(customer)
    found = {one.id: one for one in wiring.invoice_plans().plans(owner)}
    return short_list(found, _shown, cursor=cursor, limit=limit)


@app.post(
    "/v1/invoice-plans/<plan>/milestones/<milestone>/reach",
    summary="Tell that the event of a milestone has come",
)
def reached(plan: str, milestone: int, body: Reached) -> dict[str, Any]:
    at = business_now()
    owner = wiring.customers().locate(body.customer)
    zone = wiring.entities().entity(wiring.customers().customer(owner).entity).time_zone
    reach(owner, plan, milestone, body.due_on or day_of(at, zone), at, _context())
    found = wiring.invoice_plans().plan(owner, plan)
    if found is None:
        raise NotFoundError(f"invoice plan: {no_id('pln', plan)}")
    return _shown(found)


@app.post(
    "/v1/invoice-plans/<plan>/deposit/reach",
    summary="Tell that the event has come on which a deposit is asked for",
)
def asked(plan: str, body: Told) -> dict[str, Any]:
    """Issue its invoice on this day, with the tax of this day; told again, it is the same."""
    at = business_now()
    owner = wiring.customers().locate(body.customer)
    found = wiring.invoice_plans().plan(owner, plan)
    if found is None:
        raise NotFoundError(f"invoice plan: {no_id('pln', plan)}")
    if found.advance is None:
        raise NotFoundError("deposit: expected one that waits for its event, found none")
    customer = wiring.customers().customer(owner)
    issue_deposit(customer, _wanted(found, found.advance, at), at, deposit_context())
    return _shown(found)


def _shown(plan: InvoicePlan) -> dict[str, Any]:
    entered = {one.fact.id: one for one in wiring.adjustments().entered(plan.customer_id)}
    deposit = None
    if plan.purchase_order:
        identity = derived_id("dep", plan.id, at=ALWAYS)
        deposit = deposit_lot(plan.customer_id, identity, wiring.credits_of())
    return plan_shown(plan, entered, deposit, livemode=settings.live)


def _context() -> PlanContext:
    return PlanContext(AdjustContext(context(), wiring.adjustments()), wiring.invoice_plans())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
