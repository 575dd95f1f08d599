"""The lives of items: from the day each starts to the day it is gone, with its quantities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER
from solde.domain.subscriptions.changes import (
    Cancelled,
    Change,
    CollectionHeld,
    CycleChanged,
    DiscountEnded,
    DiscountGranted,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    PriceChosen,
    QuantityChanged,
    ReferencesChanged,
    Resumed,
    TrialConverted,
    Withdrawn,
    in_order,
)
from solde.domain.subscriptions.subscription import Subscription


@dataclass(slots=True)
class Life:
    """An item from the day it starts to the day it is gone; it may start again later."""

    item: Item
    steps: list[tuple[date, Decimal]]
    gone_on: date = NEVER

    def quantity_on(self, day: date) -> Decimal:
        return next(quantity for on, quantity in reversed(self.steps) if on <= day)


Book = dict[str, list[Life]]
"""By id of the item, in order of its first start; an item that starts again has several lives."""


def lives_of(subscription: Subscription, changes: Sequence[Change]) -> Book:
    """
    Fold changes, which come in order, into the lives of items.

    Raises:
        InvalidError: a change lies before the start, or names an item that is not there.

    """
    book: Book = {}
    _start(book, subscription.items, subscription.start_on)
    for change in changes:
        if change.effective_on < subscription.start_on and not isinstance(change, Cancelled):
            raise InvalidError(
                f"change: expected a day from {subscription.start_on} on, "
                f"found {change.effective_on}"
            )
        _apply(book, change)
    return book


def begun(subscription: Subscription) -> dict[str, date]:
    """
    Return the day on which each item begins, by its id.

    From then on it is there, whether it is in its trial, paused, or none of it is asked for yet.
    """
    if not subscription.changes:
        return {one.id: subscription.start_on for one in subscription.items}
    book = lives_of(subscription, in_order(subscription.changes))
    return {identity: lives[0].steps[0][0] for identity, lives in book.items()}


def items_on(subscription: Subscription, day: date) -> tuple[Item, ...]:
    """Return the items that are there on a day, with the quantity they have then, if need be 0."""
    if not subscription.start_on <= day < subscription.ends_on:
        return ()
    return tuple(
        replace(life.item, quantity=life.quantity_on(day))
        for lives in lives_of(subscription, in_order(subscription.changes)).values()
        for life in lives
        if life.steps[0][0] <= day < life.gone_on
    )


def _apply(book: Book, change: Change) -> None:
    match change:
        case QuantityChanged():
            _last_life(book, change.item_id).steps.append((change.effective_on, change.quantity))
        case PlanChanged():
            for item_id in change.ended:
                _end(_last_life(book, item_id), change.effective_on)
            _start(book, change.started, change.effective_on)
        case ItemsAdded():
            _start(book, change.started, change.effective_on)
        case Cancelled() | Paused() | Resumed() | TrialConverted() | Withdrawn():
            return  # of the whole subscription, not of an item
        case CycleChanged() | CollectionHeld():
            return  # of when it is billed, not of what is served
        case DiscountGranted() | DiscountEnded() | PriceChosen() | ReferencesChanged():
            return  # of what it costs and names, not of what is served


def _start(book: Book, items: Iterable[Item], on: date) -> None:
    for item in items:
        lives = book.setdefault(item.id, [])
        if lives:
            _end(lives[-1], on)
        lives.append(Life(item, [(on, item.quantity)]))


def _end(life: Life, on: date) -> None:
    life.gone_on = min(life.gone_on, on)


def _last_life(book: Book, item_id: str) -> Life:
    if item_id not in book:
        raise InvalidError(f"change: expected an item of the subscription, found {item_id!r}")
    return book[item_id][-1]
