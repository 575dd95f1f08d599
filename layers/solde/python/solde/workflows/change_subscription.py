"""Change a subscription: each change is a new fact, written with the billing state it moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.periods import day_of
from solde.domain.rating import next_due_on
from solde.domain.subscriptions import (
    Change,
    CycleChanged,
    DiscountGranted,
    ItemsAdded,
    PlanChanged,
    PriceChosen,
    QuantityChanged,
    Subscription,
    closing,
    timeline,
)
from solde.ports.billing import Billable, BillingState
from solde.ports.catalogs import Catalogs
from solde.ports.customers import Located
from solde.workflows.horizon import horizon_on
from solde.workflows.spanning import must_count
from solde.workflows.subscribe import ATTEMPTS, SubscribeContext

OF_SERVICE = (
    QuantityChanged,
    PlanChanged,
    ItemsAdded,
    CycleChanged,
    PriceChosen,
    DiscountGranted,
)
"""Changes that come to nothing where there is no service any more."""


@dataclass(frozen=True, slots=True)
class Entering:
    """
    What a change is made from: the subscription as it stands when it is written.

    `sequence` is the number that the change gets; `today` is the seller's.
    """

    subscription: Subscription
    sequence: int
    today: date
    catalogs: Catalogs


Make = Callable[[Entering], Change]


def change_subscription(
    located: Located,
    make: Make,
    at: datetime,
    context: SubscribeContext,
    *,
    slots: Callable[[], Sequence[str]] = tuple,
) -> Subscription:
    """
    Append a change and return the subscription with it; `slots` are what it takes of a coupon.

    Raises:
        InvalidError: the change is before the start, or behind the correction horizon.

    """
    entity = context.entities.entity(located.entity)
    today = day_of(at, entity.time_zone)
    for _ in range(ATTEMPTS):
        billable = context.billing.load(located.customer_id, located.entity)
        one = changed(billable, located, make, today, context)
        if context.subscriptions.change(
            one.before, one.change, read=billable.state, after=one.state, at=at, slots=slots()
        ):
            return one.after
    raise StoreUnavailableError(f"{located.subscription_id}: changed {ATTEMPTS} times meanwhile")


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as it would be written, with the billing state that it leads to."""

    before: Subscription
    change: Change
    after: Subscription
    state: BillingState


def changed(
    billable: Billable, located: Located, make: Make, today: date, context: SubscribeContext
) -> Changed:
    """
    Return what a change does to the subscription as it was read; nothing is written.

    Raises:
        InvalidError: the change is before the start, behind the correction horizon or after the
            end, or commitments would not count what it adds.

    """
    before = _found(billable, located)
    change = make(Entering(before, _next_sequence(before), today, context.catalogs))
    _in_time(before, change, today)
    after = before.with_change(change)
    if after.ends_on > before.ends_on or isinstance(change, PlanChanged | ItemsAdded):
        must_count(after, billable.subscriptions, context.catalogs)
    due_on = _due_on(after, billable, context)
    touched_on = _touched_from(change, before, after)
    state = billable.state.changed(effective_on=touched_on, due_on=due_on, today=today)
    return Changed(before, change, after, state)


def _found(billable: Billable, located: Located) -> Subscription:
    return next(one for one in billable.subscriptions if one.id == located.subscription_id)


def _next_sequence(subscription: Subscription) -> int:
    return max((one.sequence for one in subscription.changes), default=0) + 1


def _in_time(subscription: Subscription, change: Change, today: date) -> None:
    earliest = max(subscription.start_on, horizon_on(today))
    if change.effective_on < earliest:
        raise InvalidError(
            f"effective_on: expected {earliest} or later, found {change.effective_on}",
            pointer="/effective_on",
        )
    if isinstance(change, OF_SERVICE) and change.effective_on >= subscription.ends_on:
        raise InvalidError(
            f"effective_on: expected a day before {subscription.ends_on}, on which it ends, "
            f"found {change.effective_on}",
            pointer="/effective_on",
        )


def _touched_from(change: Change, before: Subscription, after: Subscription) -> date:
    """Return the first day on which a change can move a charge: a credit in full goes back."""
    ends = {closing(before), closing(after)}
    starts = [one.period.start_on for one in ends if one] if len(ends) > 1 else []
    return min([change.effective_on, *starts])


def _due_on(
    subscription: Subscription, billable: Billable, context: SubscribeContext
) -> date | None:
    prices = sorted({segment.item.price_id for segment in timeline(subscription)})
    catalog = context.catalogs.catalog(prices)
    after = billable.state.through or date.min
    return next_due_on([subscription], catalog=catalog, after=after)
