"""
Change the payer from a day on: what ends with one customer begins with another.

Two facts in two partitions, each safe to repeat: the cancellation first, then a subscription whose
id follows from the first one, the payer and the day. Asked again, it goes on where it was left.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from solde.domain.catalog import Credit
from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.identity import derived_id
from solde.domain.invoicing.parties import Customer
from solde.domain.periods import NEVER, day_of
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    Subscription,
    granted,
    items_on,
    standing,
)
from solde.ports.customers import CustomerStore, Located
from solde.ports.records import first
from solde.workflows.change_subscription import Entering, Make, change_subscription
from solde.workflows.spanning import must_count
from solde.workflows.subscribe import ATTEMPTS, SubscribeContext, state_with

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which subscription another customer is to pay for, from which day on."""

    located: Located
    payer: Customer
    on: date


def change_payer(
    wish: Wish, at: datetime, context: SubscribeContext, customers: CustomerStore
) -> Subscription:
    """
    Return the subscription that the new payer has from a day on.

    Raises:
        InvalidError: he may not pay for it, or something of it would be lost on the way.

    """
    payer, where = wish.payer, wish.located
    before, following = passed_on(wish, context, customers)
    if before.ends_on != wish.on:
        change_subscription(where, ended(wish.on), at, context)
    zone = context.entities.entity(where.entity).time_zone
    for _ in range(ATTEMPTS):
        held = context.billing.load(payer.id, payer.entity)
        if any(one.id == following.id for one in held.subscriptions):
            return following
        after = state_with(following, held, day_of(at, zone), context)
        context.subscriptions.create(
            following, read=held.state, after=after, time_zone=zone, record=first(at, {})
        )
    raise StoreUnavailableError(f"customer {payer.id}: changed {ATTEMPTS} times meanwhile")


def passed_on(
    wish: Wish, context: SubscribeContext, customers: CustomerStore
) -> tuple[Subscription, Subscription]:
    """
    Return the subscription as it is, and the one that follows with the new payer.

    Raises:
        InvalidError: he may not pay for it, or something of it would be lost on the way.

    """
    where = wish.located
    billable = context.billing.load(where.customer_id, where.entity)
    before = next(one for one in billable.subscriptions if one.id == where.subscription_id)
    served = customers.customer(before.subscriber_id)
    _may_pay(wish.payer, before, served)
    if before.ends_on != wish.on:
        _goes_over(before, wish.on, context)
    following = _following(before, wish.payer, served, wish.on)
    held = context.billing.load(wish.payer.id, wish.payer.entity)
    must_count(following, held.subscriptions, context.catalogs)  # before anything is written
    return before, following


def _may_pay(payer: Customer, before: Subscription, served: Customer) -> None:
    """Let who is served pay, or his parent; nobody else, and not who pays already."""
    allowed = {served.id, served.parent_id} - {before.customer_id, ""}
    if payer.id not in allowed or payer.entity != before.entity:
        raise InvalidError(
            f"customer: expected one of {sorted(allowed)}, who may pay for {served.id}, found "
            f"{payer.id}",
            pointer="/customer",
        )


def _goes_over(before: Subscription, on: date, context: SubscribeContext) -> None:
    if not before.start_on < on < before.ends_on:
        raise InvalidError(
            f"effective_on: expected a day after {before.start_on}"
            f"{'' if before.ends_on == NEVER else f' and before {before.ends_on}'}, found {on}",
            pointer="/effective_on",
        )
    later = [one.sequence for one in standing(before.changes) if one.effective_on >= on]
    if later:
        raise InvalidError(
            f"effective_on: expected no change from {on} on, found {later}: withdraw them first",
            pointer="/effective_on",
        )
    if any(one.until_on > on for one in granted(before)):
        raise InvalidError(
            f"effective_on: expected no discount from {on} on: end it first, and grant it anew",
            pointer="/effective_on",
        )
    catalog = context.catalogs.catalog([one.price_id for one in items_on(before, on)])
    metered = sorted(one.id for one in catalog.prices.values() if one.meter)
    if metered:
        raise InvalidError(
            f"subscription: expected no usage, which is told by its name, found {metered}"
        )


def ended(on: date) -> Make:
    """Return the cancellation with which who paid is done: what he paid ahead goes back."""

    def make(entering: Entering) -> Change:
        return Cancelled(on, entering.sequence, Credit.PRORATE)

    return make


def _following(before: Subscription, payer: Customer, served: Customer, on: date) -> Subscription:
    trial = before.trial if before.trial and before.trial.ends_on > on else None
    return replace(
        before,
        id=derived_id("sub", before.id, payer.id, on.isoformat(), at=ALWAYS),
        external_id="",
        customer_id=payer.id,
        plan_id=before.plan_on(on),
        start_on=on,
        cycle=before.phase_on(on).cycle,
        items=items_on(replace(before, changes=_until(before, on)), on),
        changes=(),
        terms_days=None,
        collection="",
        trial=trial,
        subscriber_name="" if payer.id == served.id else served.name,
    )


def _until(before: Subscription, on: date) -> tuple[Change, ...]:
    """Return the changes without the end that the change of payer has made."""
    return tuple(
        one
        for one in standing(before.changes)
        if not (isinstance(one, Cancelled) and one.effective_on == on)
    )
