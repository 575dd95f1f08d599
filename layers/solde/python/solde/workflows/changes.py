"""Changes of what is served: quantities, plans, devices and add-ons, from what there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import Catalog, Plan
from solde.domain.errors import InvalidError
from solde.domain.subscriptions import (
    Change,
    Item,
    ItemsAdded,
    PlanChanged,
    QuantityChanged,
    Subscription,
    items_on,
    standing,
)
from solde.domain.subscriptions.effect import (
    Moment,
    When,
    by_amount,
    by_plan,
    effective_day,
    yearly,
)
from solde.workflows.change_subscription import Entering, Make
from solde.workflows.subscribe import NewId, items_of


@dataclass(frozen=True, slots=True)
class Which:
    """An item by its component, or by its id where a component has several items."""

    component: str = ""
    item_id: str = ""


def change_quantity(which: Which, quantity: Decimal, when: When | None) -> Make:
    """Change a quantity; unless it is said when, more counts at once, less at the period's end."""

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        now_on = effective_day(when or Moment.AT_ONCE, subscription, entering.today)
        item = _item(subscription, which, now_on)
        moment = when or by_amount(Fraction(item.quantity), Fraction(quantity))
        on = effective_day(moment, subscription, entering.today)
        return QuantityChanged(on, entering.sequence, item.id, quantity)

    return make


def change_plan(
    plan: Plan, quantities: Mapping[str, Decimal], when: When | None, new_id: NewId
) -> Make:
    """
    Carry the quantity of a component over to the new plan's component of the same code.

    Unless it is said when, an upgrade counts at once and a downgrade at the period's end.
    """

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        now_on = effective_day(when or Moment.AT_ONCE, subscription, entering.today)
        started = _carried(plan, items_on(subscription, now_on), quantities, new_id)
        moment = when or _direction(entering, now_on, plan, started)
        on = effective_day(moment, subscription, entering.today)
        _no_plan_after(subscription, on)
        ended = items_on(subscription, on)
        return PlanChanged(
            effective_on=on,
            sequence=entering.sequence,
            plan_id=plan.id,
            ended=tuple(one.id for one in ended),
            started=_carried(plan, ended, quantities, new_id) if on != now_on else started,
        )

    return make


def _carried(
    plan: Plan, held: tuple[Item, ...], quantities: Mapping[str, Decimal], new_id: NewId
) -> tuple[Item, ...]:
    before = {one.component: one.quantity for one in held}
    kept = {one.code: before[one.code] for one in plan.components if one.code in before}
    return items_of(plan, {**kept, **quantities}, new_id)


def _direction(entering: Entering, now_on: date, plan: Plan, started: tuple[Item, ...]) -> Moment:
    subscription, held = entering.subscription, items_on(entering.subscription, now_on)
    before = entering.catalogs.plan(subscription.plan_on(now_on))
    catalog: Catalog = entering.catalogs.catalog(
        sorted({one.price_id for one in (*held, *started)})
    )
    cycle = subscription.cycle
    costs = (
        yearly(held, catalog, cycle.unit, cycle.count),
        yearly(started, catalog, plan.unit, plan.count),
    )
    return by_plan(before, plan, yearly=costs)


def _no_plan_after(subscription: Subscription, on: date) -> None:
    """
    Refuse a change of plan before another one: that one was made from the plan of today.

    Raises:
        InvalidError: with the number of the change to withdraw first.

    """
    for one in standing(subscription.changes):
        if isinstance(one, PlanChanged) and one.effective_on > on:
            raise InvalidError(
                f"plan: expected no change of plan after {on}, found change {one.sequence} on "
                f"{one.effective_on}: withdraw it first",
                pointer="/effective_on",
            )


def add_item(
    component: str, quantity: Decimal, description: str, when: When, *, new_id: NewId
) -> Make:
    """Switch on an item of a component that the subscription has: same price, own start."""

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        like = next((one for one in subscription.items_ever() if one.component == component), None)
        if like is None:
            raise InvalidError(
                f"component: expected one of {_components(subscription)}, found {component!r}",
                pointer="/component",
            )
        item = Item(new_id("sit"), component, like.price_id, quantity, description)
        on = effective_day(when, subscription, entering.today)
        return ItemsAdded(on, entering.sequence, (item,))

    return make


def _item(subscription: Subscription, which: Which, on: date) -> Item:
    """
    Return the one item that is meant, as it is on a day.

    Raises:
        InvalidError: there is none, or a component has several.

    """
    there = items_on(subscription, on)
    if which.item_id:
        found = [one for one in there if one.id == which.item_id]
        if not found:
            known = sorted(one.id for one in there)
            raise InvalidError(
                f"item: expected one of {known} on {on}, found {which.item_id!r}", pointer="/item"
            )
        return found[0]
    found = [one for one in there if one.component == which.component]
    if len(found) != 1:
        raise InvalidError(
            f"component: expected one item of {_components(subscription)} on {on}, found "
            f"{which.component!r} on {len(found)}",
            pointer="/component",
        )
    return found[0]


def _components(subscription: Subscription) -> list[str]:
    return sorted({one.component for one in subscription.items_ever()})
