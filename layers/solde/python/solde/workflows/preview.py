"""Preview: what would be billed, decided by the code that bills; nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from solde.domain.catalog import Price
from solde.domain.discounts import Grant
from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.invoicing.plan import CustomerPlan
from solde.domain.periods import day_of
from solde.domain.rating import Adjustment
from solde.ports.billing import Billable
from solde.ports.customers import Located
from solde.workflows.adjust import must_be_in_time, state_with
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, plan_of
from solde.workflows.change_subscription import Make, changed
from solde.workflows.change_zone import turned
from solde.workflows.grant_discount import must_stand
from solde.workflows.grant_to_customer import must_be_recent
from solde.workflows.grant_to_customer import state_with as state_granted
from solde.workflows.publish_price import WithVersion
from solde.workflows.subscribe import Order, SubscribeContext, ordered
from solde.workflows.subscribe import state_with as state_subscribed

AHEAD = timedelta(days=396)
"""How far ahead a preview looks: a yearly period and a month."""


@dataclass(frozen=True, slots=True)
class PreviewContext:
    run: BillRunContext
    subscribe: SubscribeContext


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What a bill run of `billed_on` would issue to a customer.

    `without` is what it would issue if what is asked about were not done; None where nothing is.
    """

    customer: Customer
    entity: Entity
    billed_on: date
    plan: CustomerPlan
    without: CustomerPlan | None = None


def preview_change(
    located: Located, make: Make, on: date | None, at: datetime, context: PreviewContext
) -> Preview:
    """
    Return what a change would lead to, `on` a day or when the customer is billed next.

    Raises:
        InvalidError: the change would be refused, or the day is too far away.

    """
    entity = context.run.entities.entity(located.entity)
    today = day_of(at, entity.time_zone)
    billable = context.run.billing.load(located.customer_id, located.entity)
    one = changed(billable, located, make, today, context.subscribe)
    every = tuple(one.after if sub.id == one.after.id else sub for sub in billable.subscriptions)
    after = replace(billable, state=one.state, subscriptions=every)
    return compared(billable, after, Asked(entity, billed_on(after, on, today)), context.run)


def preview_version(
    located: Located, price: Price, on: date, at: datetime, context: PreviewContext
) -> Preview:
    """
    Return what a version of a price does to the bills of a customer up to a day.

    Raises:
        InvalidError: the day is too far away.

    """
    run = context.run
    entity = run.entities.entity(located.entity)
    today = day_of(at, entity.time_zone)
    billable = run.billing.load(located.customer_id, located.entity)
    asked = Asked(entity, billed_on(billable, on, today))
    after = plan_of(billable, asked, replace(run, catalogs=WithVersion(run.catalogs, price)))
    without = plan_of(billable, asked, run)
    return Preview(billable.customer, entity, asked.target_on, after, without)


def preview_subscription(
    order: Order, on: date | None, at: datetime, context: PreviewContext
) -> Preview:
    """
    Return what a new subscription would lead to, `on` a day or when the customer is billed next.

    Raises:
        InvalidError: the order would be refused, or the day is too far away.

    """
    entity = context.run.entities.entity(order.entity)
    today = day_of(at, entity.time_zone)
    billable = context.run.billing.load(order.customer_id, order.entity)
    subscription = ordered(order, context.subscribe)
    state = state_subscribed(subscription, billable, today, context.subscribe)
    every = (*billable.subscriptions, subscription)
    after = replace(billable, state=state, subscriptions=every)
    return compared(billable, after, Asked(entity, billed_on(after, on, today)), context.run)


def preview_invoice(
    customer_id: str, entity_code: str, on: date | None, at: datetime, context: BillRunContext
) -> Preview:
    """
    Return what a customer would be billed on a day, or when he is billed next.

    Raises:
        InvalidError: the day is too far away.

    """
    entity = context.entities.entity(entity_code)
    billable = context.billing.load(customer_id, entity_code)
    asked = Asked(entity, billed_on(billable, on, day_of(at, entity.time_zone)))
    plan = _planned(billable, asked, context)
    return Preview(billable.customer, entity, asked.target_on, plan)


def preview_zone(
    located: Located, to: str, on: date | None, at: datetime, context: PreviewContext
) -> tuple[str, Preview]:
    """
    Return the zones in turn if another were chosen, and what is billed next, with it or without.

    Raises:
        InvalidError: the change would be refused, or the day is too far away.

    """
    _, _, zones = turned(located, to, at, context.subscribe)
    return zones, preview_invoice(located.customer_id, located.entity, on, at, context.run)


def preview_adjustment(
    owner: tuple[str, str],
    one: Adjustment,
    on: date | None,
    at: datetime,
    context: BillRunContext,
) -> Preview:
    """
    Return what a fact by hand would lead to, `on` a day or when its owner is billed next.

    The owner is a customer and the entity that bills him.

    Raises:
        InvalidError: the fact would be refused, or the day is too far away.

    """
    customer_id, entity_code = owner
    entity = context.entities.entity(entity_code)
    today = day_of(at, entity.time_zone)
    must_be_in_time(one, today)
    before = context.billing.load(customer_id, entity_code)
    after = replace(
        before,
        state=state_with(one, before.state, today),
        adjustments=(*before.adjustments, one),
    )
    return compared(before, after, Asked(entity, billed_on(after, on, today)), context)


def preview_grant(
    owner: tuple[str, str],
    grant: Grant,
    on: date | None,
    at: datetime,
    context: BillRunContext,
) -> Preview:
    """
    Return what a discount of a customer would lead to, `on` a day or when he is billed next.

    Raises:
        InvalidError: the discount would be refused, or the day is too far away.

    """
    with_it = Regranted(grant.from_on, lambda grants: (*grants, grant))
    return _regranted(owner, with_it, on, at, context)


def preview_grant_ended(
    owner: tuple[str, str],
    ended: tuple[str, date],
    on: date | None,
    at: datetime,
    context: BillRunContext,
) -> Preview:
    """
    Return what the end of a discount of a customer would lead to: its id, and from which day.

    Raises:
        NotFoundError: he has no such discount.
        InvalidError: the end would be refused, or the day is too far away.

    """
    grant_id, last_on = ended

    def without(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
        must_stand(grants, grant_id, last_on)
        return tuple(one.ended(last_on) if one.id == grant_id else one for one in grants)

    return _regranted(owner, Regranted(last_on, without), on, at, context)


@dataclass(frozen=True, slots=True)
class Regranted:
    """What becomes of the discounts of a customer from a day on."""

    effective_on: date
    grants: Callable[[tuple[Grant, ...]], tuple[Grant, ...]]


def _regranted(
    owner: tuple[str, str],
    change: Regranted,
    on: date | None,
    at: datetime,
    context: BillRunContext,
) -> Preview:
    customer_id, entity_code = owner
    entity = context.entities.entity(entity_code)
    today = day_of(at, entity.time_zone)
    must_be_recent(change.effective_on, today)
    before = context.billing.load(customer_id, entity_code)
    after = replace(
        before,
        state=state_granted(before.state, change.effective_on, today),
        grants=change.grants(before.grants),
    )
    return compared(before, after, Asked(entity, billed_on(after, on, today)), context)


def compared(before: Billable, after: Billable, asked: Asked, context: BillRunContext) -> Preview:
    """Return what follows with a change and without it."""
    return Preview(
        customer=after.customer,
        entity=asked.entity,
        billed_on=asked.target_on,
        plan=_planned(after, asked, context),
        without=_planned(before, asked, context),
    )


def _planned(billable: Billable, asked: Asked, context: BillRunContext) -> CustomerPlan:
    """Return what a run of the day issues: it selects nobody whose invoice day comes later."""
    due_on = billable.state.due_on
    if due_on is None or due_on > asked.target_on:
        return CustomerPlan((), due_on, None)
    return plan_of(billable, asked, context)


def billed_on(billable: Billable, on: date | None, today: date) -> date:
    """Return the day asked for, else the next on which something is due, but not one gone by."""
    if on is None:
        return max(today, billable.state.due_on or today)
    if not today <= on <= today + AHEAD:
        raise InvalidError(
            f"on: expected a day from {today} to {today + AHEAD}, found {on}", pointer="/on"
        )
    return on
