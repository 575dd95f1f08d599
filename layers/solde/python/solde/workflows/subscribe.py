"""Subscribe: a plan becomes items of a customer, due from its first charge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from solde.domain.billing_days import anniversary_cycle, calendar_cycle, cycle_like
from solde.domain.catalog import Catalog, Plan, in_common
from solde.domain.custom_fields import Values
from solde.domain.discounts import Grant
from solde.domain.errors import InvalidError, StoreUnavailableError, within
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.profiles import must_carry
from solde.domain.periods import Cycle, Period, day_of
from solde.domain.rating import next_due_on
from solde.domain.subscriptions import Contract, DiscountGranted, Subscription
from solde.domain.subscriptions.references import References
from solde.domain.tax import treatments
from solde.domain.trials import Trial
from solde.ports.billing import Billable, BillingState, BillingStore, Entities
from solde.ports.catalogs import Catalogs
from solde.ports.customers import SubscriptionStore
from solde.ports.records import first
from solde.workflows.horizon import horizon_on
from solde.workflows.offers import must_fit
from solde.workflows.plan_items import NewId, has_components, items_of
from solde.workflows.spanning import must_count

ONE_DAY = timedelta(days=1)
ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class SubscribeContext:
    """`new_id(prefix)` gives a fresh id: time and chance come from outside."""

    billing: BillingStore
    subscriptions: SubscriptionStore
    entities: Entities
    catalogs: Catalogs
    new_id: NewId


class Billing(Enum):
    """
    CALENDAR: quarters from January, weeks from Monday. ANNIVERSARY: from the first paid day.

    FIRST_SUBSCRIPTION: with the customer's oldest subscription that still runs, if he has any.
    """

    CALENDAR = "calendar"
    ANNIVERSARY = "anniversary"
    FIRST_SUBSCRIPTION = "first_subscription"


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is wanted; `anchor_on` is the day from which periods are counted.

    Without it they follow `billing`, else begin with the month of the start.
    """

    customer_id: str
    entity: str
    plan: Plan
    start_on: date
    quantities: Mapping[str, Decimal]
    external_id: str = ""
    name: str = ""
    anchor_on: date | None = None
    billing: Billing | None = None
    terms_days: int | None = None
    trial: Trial | None = None
    trial_of_months: bool = False
    group: str = ""
    references: References | None = None
    subscriber: Customer | None = None
    """The child customer that it serves, where that is not who pays."""
    contract: Contract | None = None
    currency: str = ""
    """Of those that the plan is sold in; without it the first."""
    grants: tuple[Grant, ...] = ()
    """Discounts that it is created with."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    item_fields: Mapping[str, Values] = field(default_factory=dict)
    """Custom fields of the items of components."""


def subscribe(
    order: Order,
    at: datetime,
    context: SubscribeContext,
    *,
    slots: Callable[[], Sequence[str]] = tuple,
) -> Subscription:
    """
    Write the subscription with the billing state that it moves; all or nothing.

    `slots` are what its discounts take of coupons.

    Raises:
        InvalidError: a quantity is of a component that the plan has not, or a commitment of the
            customer would not count it.
        StateConflictError: the external id is taken.

    """
    subscription = ordered(order, context)
    entity = context.entities.entity(order.entity)
    today = day_of(at, entity.time_zone)
    for _ in range(ATTEMPTS):
        held = context.billing.load(order.customer_id, order.entity)
        after = state_with(subscription, held, today, context)
        if context.subscriptions.create(
            subscription,
            read=held.state,
            after=after,
            time_zone=entity.time_zone,
            record=first(at, order.metadata),
            slots=slots(),
        ):
            return subscription
    raise StoreUnavailableError(f"customer {order.customer_id}: changed {ATTEMPTS} times meanwhile")


def state_with(
    subscription: Subscription, held: Billable, today: date, context: SubscribeContext
) -> BillingState:
    """
    Return the billing state once the customer has a subscription that is new.

    Raises:
        InvalidError: it starts behind the correction horizon, so that years would be billed at
            once; or a commitment would not count it, or not what is there, for its currency.

    """
    if subscription.start_on < horizon_on(today):
        raise InvalidError(
            f"start_on: expected {horizon_on(today)} or later, found {subscription.start_on}",
            pointer="/start_on",
        )
    must_count(subscription, held.subscriptions, context.catalogs)
    catalog = context.catalogs.catalog([one.price_id for one in subscription.items])
    due_on = next_due_on([subscription], catalog=catalog, after=date.min)
    return held.state.changed(effective_on=subscription.start_on, due_on=due_on, today=today)


def ordered(order: Order, context: SubscribeContext) -> Subscription:
    """
    Return the subscription that an order makes; nothing is written.

    Raises:
        InvalidError: a quantity is of a component that the plan has not, no rate of tax is known
            for what is sold on its first day, no e-invoice can be in its currency, or a discount
            fits nothing of it.

    """
    has_components(order.plan, order.quantities)
    has_components(order.plan, order.item_fields, "item_fields")
    if order.subscriber:
        must_be_child(order.subscriber, order.customer_id)
    catalog = context.catalogs.catalog([one.price_id for one in order.plan.components])
    _taxable(catalog, order, context)
    currency = _currency(catalog, order)
    must_carry(context.entities.entity(order.entity).e_invoice, currency, "/plan")
    changes = _granted(order, currency, catalog)
    return _subscription(order, currency, changes, _cycle(order, context), context.new_id)


def _granted(order: Order, currency: str, catalog: Catalog) -> tuple[DiscountGranted, ...]:
    """Return the discounts that an order is made with as its first changes."""
    components = [one.code for one in order.plan.components]
    for place, one in enumerate(order.grants):
        with within(f"/discounts/{place}"):
            must_fit(one.offer, currency, components, catalog.products)
        if one.from_on < order.start_on:
            raise InvalidError(
                f"effective_on: expected {order.start_on} or later, found {one.from_on}",
                pointer=f"/discounts/{place}/effective_on",
            )
    return tuple(
        DiscountGranted(one.from_on, number, one) for number, one in enumerate(order.grants, 1)
    )


def _subscription(
    order: Order,
    currency: str,
    changes: tuple[DiscountGranted, ...],
    cycle: Cycle,
    new_id: NewId,
) -> Subscription:
    return Subscription(
        id=new_id("sub"),
        external_id=order.external_id,
        customer_id=order.customer_id,
        subscriber_id=order.subscriber.id if order.subscriber else order.customer_id,
        subscriber_name=order.subscriber.name if order.subscriber else "",
        references=order.references,
        entity=order.entity,
        plan_id=order.plan.id,
        currency=currency,
        start_on=order.start_on,
        cycle=cycle,
        items=items_of(order.plan, order.quantities, new_id, order.item_fields),
        changes=changes,
        name=order.name,
        terms_days=order.terms_days,
        trial=order.trial,
        group=order.group,
        contract=order.contract,
    )


def _currency(catalog: Catalog, order: Order) -> str:
    """
    Return the currency of the order, or the first that all prices of its plan have.

    Raises:
        InvalidError: a price lacks the currency that is ordered.

    """
    found = in_common(catalog.prices.values())
    if order.currency and order.currency not in found:
        raise InvalidError(
            f"currency: expected one of {found}, which plan {order.plan.id} is sold in, "
            f"found {order.currency}",
            pointer="/currency",
        )
    return order.currency or found[0]


def _taxable(catalog: Catalog, order: Order, context: SubscribeContext) -> None:
    """Prove that the entity's regime knows a rate for each product on the first day."""
    regime = context.entities.entity(order.entity).regime
    day = Period(order.start_on, order.start_on + ONE_DAY)
    for product in catalog.products.values():
        treatments(regime, product.tax_class, day, day)


def must_be_child(subscriber: Customer, payer_id: str) -> None:
    """
    Refuse to let a customer pay for one who is not his child.

    Raises:
        InvalidError: with whose child he is.

    """
    if subscriber.parent_id != payer_id:
        whose = f"a child of {subscriber.parent_id}" if subscriber.parent_id else "of no parent"
        raise InvalidError(
            f"subscriber: expected a child of {payer_id}, found {subscriber.id}, {whose}",
            pointer="/subscriber",
        )


def _cycle(order: Order, context: SubscribeContext) -> Cycle:
    """
    Return when periods begin.

    Raises:
        InvalidError: an anchor, and a way of billing that gives another; or the first subscription
            is by weeks, and this by months.

    """
    start_on, unit, count = order.start_on, order.plan.unit, order.plan.count
    if order.anchor_on and order.billing:
        raise InvalidError(
            f"anchor_on: expected either a day or billing, found {order.anchor_on} and "
            f"{order.billing.value}",
            pointer="/anchor_on",
        )
    match order.billing:
        case Billing.CALENDAR:
            return calendar_cycle(start_on, unit, count)
        case Billing.ANNIVERSARY:
            paid_from = order.trial.ends_on if order.trial else start_on
            keeps_day = order.trial_of_months
            return anniversary_cycle(start_on, paid_from, unit, count, keeps_day=keeps_day)
        case Billing.FIRST_SUBSCRIPTION if first := _first(order, context):
            return cycle_like(first.phase_on(start_on).cycle, start_on, unit, count)
        case _:
            return Cycle(unit, count, order.anchor_on or start_on.replace(day=1))


def _first(order: Order, context: SubscribeContext) -> Subscription | None:
    """Return the oldest subscription of the customer that runs when the order starts."""
    every = context.billing.load(order.customer_id, order.entity).subscriptions
    running = [one for one in every if one.start_on <= order.start_on < one.ends_on]
    return min(running, key=lambda one: (one.start_on, one.id), default=None)
