"""The changes of a subscription, each made from what the subscription is when it is written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from solde.domain.catalog import Plan
from solde.domain.errors import InvalidError
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
    Subscription,
    TrialConverted,
    paused_on,
    timeline,
)
from solde.domain.trials import AfterTrial
from solde.workflows.change_subscription import Make
from solde.workflows.subscribe import NewId, items_of


def change_quantity(component: str, quantity: Decimal, effective_on: date) -> Make:
    def make(subscription: Subscription, sequence: int) -> Change:
        found = [one for one in _items_at(subscription, effective_on) if one.component == component]
        if len(found) != 1:
            known = sorted({one.component for one in _every_item(subscription)})
            raise InvalidError(
                f"component: expected one item of {known} on {effective_on}, found {component!r} "
                f"on {len(found)}",
                pointer="/component",
            )
        return QuantityChanged(effective_on, sequence, found[0].id, quantity)

    return make


def change_plan(
    plan: Plan, quantities: Mapping[str, Decimal], effective_on: date, new_id: NewId
) -> Make:
    """Carry the quantity of a component over to the new plan's component of the same code."""

    def make(subscription: Subscription, sequence: int) -> Change:
        ended = _items_at(subscription, effective_on)
        held = {one.component: one.quantity for one in ended}
        kept = {one.code: held[one.code] for one in plan.components if one.code in held}
        started = items_of(plan, {**kept, **quantities}, new_id)
        return PlanChanged(effective_on, sequence, plan.id, tuple(one.id for one in ended), started)

    return make


def add_item(
    component: str, quantity: Decimal, description: str, effective_on: date, *, new_id: NewId
) -> Make:
    """Switch on an item of a component that the subscription has: same price, own start."""

    def make(subscription: Subscription, sequence: int) -> Change:
        like = next((one for one in _every_item(subscription) if one.component == component), None)
        if like is None:
            known = sorted({one.component for one in _every_item(subscription)})
            raise InvalidError(
                f"component: expected one of {known}, found {component!r}", pointer="/component"
            )
        item = Item(new_id("sit"), component, like.price_id, quantity, description)
        return ItemsAdded(effective_on, sequence, (item,))

    return make


def cancel(effective_on: date) -> Make:
    def make(subscription: Subscription, sequence: int) -> Change:
        del subscription
        return Cancelled(effective_on, sequence)

    return make


def pause(effective_on: date) -> Make:
    def make(subscription: Subscription, sequence: int) -> Change:
        if paused_on(subscription, effective_on) or effective_on >= subscription.ends_on:
            raise InvalidError(
                f"effective_on: expected a day with service, found {effective_on}",
                pointer="/effective_on",
            )
        return Paused(effective_on, sequence)

    return make


def resume(effective_on: date) -> Make:
    def make(subscription: Subscription, sequence: int) -> Change:
        if not paused_on(subscription, effective_on):
            raise InvalidError(
                f"effective_on: expected a day of a pause, found {effective_on}",
                pointer="/effective_on",
            )
        return Resumed(effective_on, sequence)

    return make


def convert_trial(effective_on: date) -> Make:
    def make(subscription: Subscription, sequence: int) -> Change:
        trial = subscription.trial
        if trial is None or trial.then is not AfterTrial.END or effective_on > trial.ends_on:
            found = "none" if trial is None else f"{trial.then.value} on {trial.ends_on}"
            raise InvalidError(
                f"trial: expected one that would end on {effective_on} or later, found {found}",
                pointer="/effective_on",
            )
        return TrialConverted(effective_on, sequence)

    return make


def _every_item(subscription: Subscription) -> tuple[Item, ...]:
    """Return all items that ever were, in order of their start."""
    started = [
        item
        for change in subscription.changes
        if isinstance(change, PlanChanged | ItemsAdded)
        for item in change.started
    ]
    return (*subscription.items, *started)


def _items_at(subscription: Subscription, day: date) -> tuple[Item, ...]:
    """Return the items in service on a day, with the quantity they have then."""
    return tuple(
        replace(segment.item, quantity=segment.quantity)
        for segment in timeline(subscription)
        if day in segment.period
    )
