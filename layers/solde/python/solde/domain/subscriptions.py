"""A subscription: what was agreed at the start, the changes since, and the timeline they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from solde.domain.periods import NEVER, Cycle, Period


@dataclass(frozen=True, slots=True)
class Item:
    """Something charged for: a component of the plan, an add-on, a device with its own start."""

    id: str
    component: str
    price_id: str
    quantity: Decimal
    description: str = ""


@dataclass(frozen=True, slots=True)
class QuantityChanged:
    effective_on: date
    sequence: int
    item_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """The items of `ended` stop; `started` begin on the same day."""

    effective_on: date
    sequence: int
    plan_id: str
    ended: tuple[str, ...]
    started: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ItemsAdded:
    """Devices or add-ons switched on."""

    effective_on: date
    sequence: int
    started: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """`effective_on` is the first day without service."""

    effective_on: date
    sequence: int


Change = QuantityChanged | PlanChanged | ItemsAdded | Cancelled


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    external_id: str
    customer_id: str
    subscriber_id: str
    entity: str
    plan_id: str
    currency: str
    start_on: date
    cycle: Cycle
    items: tuple[Item, ...]
    changes: tuple[Change, ...] = ()
    name: str = ""
    terms_days: int | None = None
    """Overrides the customer's payment terms; keeps its charges on a document of their own."""

    def with_change(self, change: Change) -> "Subscription":
        return replace(self, changes=(*self.changes, change))


@dataclass(frozen=True, slots=True)
class Segment:
    """The days during which an item has one quantity; `period.end_on` may be NEVER."""

    item: Item
    period: Period
    quantity: Decimal


def timeline(subscription: Subscription) -> tuple[Segment, ...]:
    """
    Fold the changes into segments, by item in order of its start, then by day.

    Order of changes is effective day, then sequence (SEMANTICS, detail R4): the last state of a
    day is the one that counts, so what began and ended on one day leaves nothing.
    """
    book: dict[str, _Track] = {
        item.id: _Track(item, [(subscription.start_on, item.quantity)])
        for item in subscription.items
    }
    for change in sorted(subscription.changes, key=lambda one: (one.effective_on, one.sequence)):
        _apply(book, change)
    return tuple(segment for track in book.values() for segment in track.segments())


def every_item(subscription: Subscription) -> tuple[Item, ...]:
    """Return all items that ever were, in order of their start."""
    started = [
        item
        for change in subscription.changes
        if isinstance(change, PlanChanged | ItemsAdded)
        for item in change.started
    ]
    return (*subscription.items, *started)


def items_at(subscription: Subscription, day: date) -> tuple[Item, ...]:
    """Return the items in service on a day, with the quantity they have then."""
    return tuple(
        replace(segment.item, quantity=segment.quantity)
        for segment in timeline(subscription)
        if day in segment.period
    )


@dataclass(slots=True)
class _Track:
    item: Item
    steps: list[tuple[date, Decimal]]
    end_on: date = NEVER

    def segments(self) -> Sequence[Segment]:
        found = []
        ends = [day for day, _ in self.steps[1:]] + [self.end_on]
        for (start_on, quantity), next_on in zip(self.steps, ends, strict=True):
            end_on = min(next_on, self.end_on)
            if quantity and start_on < end_on:
                found.append(Segment(self.item, Period(start_on, end_on), quantity))
        return found


def _apply(book: dict[str, _Track], change: Change) -> None:
    match change:
        case QuantityChanged():
            book[change.item_id].steps.append((change.effective_on, change.quantity))
        case PlanChanged():
            for item_id in change.ended:
                book[item_id].end_on = min(book[item_id].end_on, change.effective_on)
            _start(book, change.started, change.effective_on)
        case ItemsAdded():
            _start(book, change.started, change.effective_on)
        case Cancelled():
            for track in book.values():
                track.end_on = min(track.end_on, change.effective_on)


def _start(book: dict[str, _Track], items: Sequence[Item], on: date) -> None:
    for item in items:
        book[item.id] = _Track(item, [(on, item.quantity)])
