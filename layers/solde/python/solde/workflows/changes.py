"""Changes of what is served: quantities, devices and add-ons, from what there is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.custom_fields import Values
from solde.domain.errors import InvalidError, StateConflictError, within
from solde.domain.subscriptions import (
    Change,
    Item,
    ItemsAdded,
    QuantityChanged,
    Subscription,
    items_on,
)
from solde.domain.subscriptions.effect import Moment, When, by_amount, effective_day
from solde.workflows.change_subscription import Entering, Make
from solde.workflows.plan_items import NewId


@dataclass(frozen=True, slots=True)
class Which:
    """An item by its component, or by its id or `ext:…` where a component has several items."""

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


@dataclass(frozen=True, slots=True)
class Added:
    """A device: of a component that is there, at its price; or an add-on, with a price."""

    component: str
    quantity: Decimal
    description: str
    price_id: str = ""
    reference: str = ""
    fields: Values = ()


def add_item(added: Added, when: When, new_id: NewId) -> Make:
    """Switch on an item, with its own start."""

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        on = effective_day(when, subscription, entering.today)
        _named_once(subscription, added.reference)
        item = Item(
            id=new_id("sit"),
            component=added.component,
            price_id=_price_of(entering, added),
            quantity=added.quantity,
            description=added.description,
            reference=added.reference,
            fields=added.fields,
        )
        return ItemsAdded(on, entering.sequence, (item,))

    return make


def _price_of(entering: Entering, added: Added) -> str:
    """
    Return the price of an item that is switched on.

    Raises:
        InvalidError: no such component, or a price in another currency.

    """
    subscription = entering.subscription
    if added.price_id:
        with within("/price"):
            price = entering.catalogs.catalog([added.price_id]).price(added.price_id)
        if subscription.currency not in price.currencies:
            raise InvalidError(
                f"price: expected one in {subscription.currency}, "
                f"found {', '.join(price.currencies)}",
                pointer="/price",
            )
        return added.price_id
    like = [one for one in subscription.items_ever() if one.component == added.component]
    if not like:
        raise InvalidError(
            f"component: expected one of {_components(subscription)}, or a price, found "
            f"{added.component!r}",
            pointer="/component",
        )
    return like[-1].price_id


def _named_once(subscription: Subscription, reference: str) -> None:
    if reference and any(one.reference == reference for one in subscription.items_ever()):
        raise StateConflictError(
            f"external_id: expected one not in use, found {reference!r}", pointer="/external_id"
        )


def _item(subscription: Subscription, which: Which, on: date) -> Item:
    """
    Return the one item that is meant, as it is on a day.

    Raises:
        InvalidError: there is none, or not yet, or a component has several.

    """
    if on < subscription.start_on:
        raise InvalidError(
            f"effective_on: expected {subscription.start_on} or later, found {on}",
            pointer="/effective_on",
        )
    there = items_on(subscription, on)
    if which.item_id:
        found = [one for one in there if which.item_id in _names(one)]
        if not found:
            known = sorted(one.id for one in there)
            raise InvalidError(
                f"item: expected one of {known} on {on}, found {which.item_id!r}", pointer="/item"
            )
        return found[0]
    found = [one for one in there if one.component == which.component]
    if len(found) != 1:
        raise InvalidError(
            f"component: expected one of {_components(subscription)} with one item on {on}, found "
            f"{which.component!r} with {len(found)}",
            pointer="/component",
        )
    return found[0]


def _names(item: Item) -> tuple[str, ...]:
    """Return its id and what the caller calls it; nothing is called by an empty name."""
    return (item.id, f"ext:{item.reference}") if item.reference else (item.id,)


def _components(subscription: Subscription) -> list[str]:
    return sorted({one.component for one in subscription.items_ever()})
