"""One-off: lines by hand on a document of their own, issued at once beside all runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from solde.domain.catalog import Catalog
from solde.domain.custom_fields import Values
from solde.domain.errors import StateConflictError, StoreUnavailableError
from solde.domain.explanation import explained
from solde.domain.invoicing.carried_fields import with_fields
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.plan import Billed, CustomerPlan, plan_customer
from solde.domain.periods import Period, day_of
from solde.domain.pricing import Quantity
from solde.domain.rating import ExtraLine, Terms, Window
from solde.domain.settlement import must_be_paid, order_of, prepay
from solde.domain.subscriptions import Subscription
from solde.ports.adjustments import Adjustments
from solde.ports.billing import Header
from solde.workflows.adjust import is_same
from solde.workflows.bill_now import ATTEMPTS, Also, NowContext, issue_single, must_be_free
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, exchange_of


@dataclass(frozen=True, slots=True)
class OneOffContext:
    now: NowContext
    adjustments: Adjustments


NO_CATALOG = Catalog({}, {}, {}, {})


def one_off_plan(
    customer: Customer,
    asked: Asked,
    lines: Sequence[ExtraLine],
    context: BillRunContext,
    fields: Values = (),
) -> CustomerPlan:
    """Return the documents of some lines by hand and of nothing else, with their own fields."""
    window = Window(date.min, asked.target_on)
    entity = asked.entity
    rates = exchange_of((one.currency for one in lines), asked, context)
    regime = entity.regime.billed_on(asked.target_on).known(customer.standings)
    terms = Terms(NO_CATALOG, regime, _nothing_used)
    billed = Billed(customer, entity, adjustments=lines, exchange=rates)
    plan = plan_customer(billed, (), window, terms)
    if not fields:
        return plan
    return replace(plan, documents=with_fields(plan.documents, entity.custom_fields, fields))


def issue_one_off(
    customer: Customer,
    lines: Sequence[ExtraLine],
    at: datetime,
    context: OneOffContext,
    fields: Values = (),
) -> Sequence[Header]:
    """
    Issue the documents of some lines, which become facts in the same transaction.

    Asked again for facts of the same ids, it returns what was issued.

    Raises:
        StoreUnavailableError: others were faster, again and again.
        StateConflictError: there is a fact of that id which says something else, or a deposit on
            the order is not paid.
        ReservedError: a run holds the customer, who has paid in advance on the order.

    """
    entity = context.now.run.entities.entity(customer.entity)
    asked = Asked(entity, day_of(at, entity.time_zone))
    plan = one_off_plan(customer, asked, lines, context.now.run, fields)
    facts = [replace(one, invoiced=True) for one in lines]
    also = Also(facts=facts, trees=explained(plan))
    for _ in range(ATTEMPTS):
        if issued := _issued(lines, context):
            return issued
        documents = _with_credit(plan, asked.target_on, customer, context.now.run)
        headers = issue_single(documents, entity, at=at, context=context.now, also=also)
        if headers:
            return headers
    raise StoreUnavailableError(f"{customer.id}: {ATTEMPTS} single issues were overtaken")


def _with_credit(
    plan: CustomerPlan, on: date, customer: Customer, context: BillRunContext
) -> Sequence[Mapping[str, Any]]:
    """
    Return the documents with the credit that they use, unless a run may be about to use it.

    Raises:
        ReservedError: a run holds the customer, who has paid in advance on an order of theirs.
        StateConflictError: a deposit on an order of theirs is not paid.

    """
    state = context.billing.state(customer.id, customer.entity)
    if state is None or not state.credit:
        return plan.documents
    lots = context.billing.lots(customer.id, customer.entity)
    orders = {order_of(line) for one in plan.documents for line in one["lines"]} - {""}
    must_be_paid(orders, lots)
    if state.reservation:
        if not any(one.funds and one.funds.order in orders for one in lots):
            return plan.documents
        must_be_free(context.billing.load(customer.id, customer.entity), context)
    return prepay(plan.documents, lots, on)


def _issued(lines: Sequence[ExtraLine], context: OneOffContext) -> Sequence[Header]:
    """Return what an earlier request for the same lines has issued."""
    customer_id = lines[0].customer_id
    found = {one.fact.id: one for one in context.adjustments.entered(customer_id)}
    mine = [found[one.id] for one in lines if one.id in found]
    if not mine:
        return ()
    if len(mine) < len(lines) or not all(
        is_same(one.fact, line) for one, line in zip(mine, lines, strict=True)
    ):
        raise StateConflictError("Idempotency-Key: expected one not in use for other lines")
    wanted = {one.invoice_id for one in mine}
    headers = context.now.run.billing.headers(customer_id, issued_since=date.min)
    return [one for one in reversed(headers) if one.id in wanted]


def _nothing_used(
    subscription: Subscription, meter: str, _: Period, __: Period | None = None, /
) -> tuple[Quantity, int, str]:
    raise AssertionError(f"{subscription.id}: {meter} was not read")
