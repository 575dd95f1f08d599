"""A change of plan: what is carried over, from which day it counts, and by which periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from solde.domain.catalog import Plan, in_common
from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle
from solde.domain.subscriptions import Change, Item, PlanChanged, Subscription, items_on, standing
from solde.domain.subscriptions.effect import Moment, When, by_plan, effective_day, yearly
from solde.workflows.change_subscription import Entering, Make
from solde.workflows.plan_items import NewId, has_components, items_of


class Anchor(Enum):
    """NEW: periods begin with the change, after a trial with its end. KEEP: they stay aligned."""

    NEW = "new"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Switch:
    """
    The plan that is wanted, with quantities by component where they are not carried over.

    Unless it says which, the anchor is new where the interval is another, and kept where not.
    """

    plan: Plan
    quantities: Mapping[str, Decimal]
    anchor: Anchor | None = None


def change_plan(switch: Switch, when: When | None, new_id: NewId) -> Make:
    """
    Carry the items of a component over to the new plan's component of the same code.

    Add-ons that neither plan has stay as they are. Unless it is said when, an upgrade counts at
    once and a downgrade at the period's end.
    """
    has_components(switch.plan, switch.quantities)

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        _in_its_currency(entering, switch.plan)
        now_on = effective_day(when or Moment.AT_ONCE, subscription, entering.today)
        moment = when or _direction(entering, now_on, switch, new_id)
        on = effective_day(moment, subscription, entering.today)
        _no_plan_after(subscription, on)
        ended = _ended(entering, on, switch)
        return PlanChanged(
            effective_on=on,
            sequence=entering.sequence,
            plan_id=switch.plan.id,
            ended=tuple(one.id for one in ended),
            started=_started(switch, ended, new_id),
            cycle=_cycle(subscription, on, switch),
        )

    return make


def _in_its_currency(entering: Entering, plan: Plan) -> None:
    """
    Prove that a plan is sold in the currency of the subscription, which never changes.

    Raises:
        InvalidError: a price of it lacks that currency.

    """
    currency = entering.subscription.currency
    prices = entering.catalogs.catalog([one.price_id for one in plan.components]).prices
    found = in_common(prices.values())
    if currency not in found:
        raise InvalidError(
            f"plan: expected one sold in {currency}, found {plan.id} in {found}", pointer="/plan"
        )


def _ended(entering: Entering, on: date, switch: Switch) -> tuple[Item, ...]:
    """
    Return the items that the new plan replaces.

    Raises:
        InvalidError: add-ons would stay that were sold by another interval.

    """
    subscription = entering.subscription
    before = entering.catalogs.plan(subscription.plan_on(on))
    codes = {one.code for one in (*before.components, *switch.plan.components)}
    held = items_on(subscription, on)
    stay = [one.id for one in held if one.component not in codes and one.quantity]
    if stay and not _alike(subscription.phase_on(on).cycle, switch.plan):
        raise InvalidError(
            f"plan: expected no add-on beside a change of interval, found {stay}: set their "
            "quantity to 0 first",
            pointer="/plan",
        )
    return tuple(one for one in held if one.component in codes)


def _started(switch: Switch, held: Sequence[Item], new_id: NewId) -> tuple[Item, ...]:
    """
    Return the items of the new plan, one for each that is carried over.

    Raises:
        InvalidError: a quantity for a component that has several items.

    """
    by_code: dict[str, list[Item]] = {}
    for one in held:
        by_code.setdefault(one.component, []).append(one)
    found = []
    for fresh in items_of(switch.plan, switch.quantities, new_id):
        mine = by_code.get(fresh.component, [])
        if len(mine) > 1 and fresh.component in switch.quantities:
            raise InvalidError(
                f"quantities: expected none for a component with {len(mine)} items, found "
                f"{fresh.component!r}",
                pointer=f"/quantities/{fresh.component}",
            )
        for place, one in enumerate(mine):
            text = one.description if place else fresh.description  # a device keeps its own words
            found.append(_carried(replace(fresh, description=text), one, switch, new_id))
        found += [] if mine else [fresh]
    return tuple(found)


def _carried(fresh: Item, held: Item, switch: Switch, new_id: NewId) -> Item:
    return Item(
        id=new_id("sit"),
        component=fresh.component,
        price_id=fresh.price_id,
        quantity=switch.quantities.get(fresh.component, held.quantity),
        description=fresh.description,
        reference=held.reference,
        fields=held.fields,
    )


def _direction(entering: Entering, now_on: date, switch: Switch, new_id: NewId) -> Moment:
    held = _ended(entering, now_on, switch)
    started = _started(switch, held, new_id)
    before = entering.catalogs.plan(entering.subscription.plan_on(now_on))
    prices = sorted({one.price_id for one in (*held, *started)})
    catalog, cycle = entering.catalogs.catalog(prices), entering.subscription.phase_on(now_on).cycle
    currency = entering.subscription.currency
    costs = (
        yearly(held, catalog, (cycle.unit, cycle.count), currency),
        yearly(started, catalog, (switch.plan.unit, switch.plan.count), currency),
    )
    return by_plan(before, switch.plan, yearly=costs)


def _cycle(subscription: Subscription, on: date, switch: Switch) -> Cycle | None:
    """Return how periods are counted from the change on; None where nothing changes in that."""
    plan, before = switch.plan, subscription.phase_on(on).cycle
    alike = _alike(before, plan)
    anchor = switch.anchor or (Anchor.KEEP if alike else Anchor.NEW)
    if anchor is Anchor.KEEP:
        return None if alike else Cycle(plan.unit, plan.count, before.anchor_on)
    trial = subscription.trial
    return Cycle(plan.unit, plan.count, max(on, trial.ends_on) if trial else on)


def _alike(cycle: Cycle, plan: Plan) -> bool:
    return (cycle.unit, cycle.count) == (plan.unit, plan.count)


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
