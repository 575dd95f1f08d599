"""A subscription: what was agreed at the start, the changes since, and the timeline they make."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Cycle, Period


@dataclass(frozen=True, slots=True)
class Item:
    """Something charged for: a component of the plan, an add-on, a device with its own start."""

    id: str
    component: str
    price_id: str
    quantity: Decimal
    description: str = ""

    def __post_init__(self) -> None:
        _counted(self.quantity)


@dataclass(frozen=True, slots=True)
class QuantityChanged:
    effective_on: date
    sequence: int
    item_id: str
    quantity: Decimal

    def __post_init__(self) -> None:
        _counted(self.quantity)


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

    @property
    def ends_on(self) -> date:
        """The first day without service, NEVER where nobody has cancelled."""
        days = [one.effective_on for one in self.changes if isinstance(one, Cancelled)]
        return min(days, default=NEVER)

    def items_ever(self) -> Iterator[Item]:
        """Yield every item that was ever agreed, served or not."""
        yield from self.items
        for change in self.changes:
            if isinstance(change, PlanChanged | ItemsAdded):
                yield from change.started


@dataclass(frozen=True, slots=True)
class Segment:
    """
    The longest run of days on which an item has one quantity; `period.end_on` may be NEVER.

    `gone_on` is the first day without the item: later than `period.end_on` where only the
    quantity changes, if need be to zero.
    """

    item: Item
    period: Period
    quantity: Decimal
    gone_on: date = NEVER


def timeline(subscription: Subscription) -> tuple[Segment, ...]:
    """
    Fold the changes into segments, by item in order of its first start, then by day.

    Order of changes is effective day, then sequence (R4): the last state of a day is the one that
    counts, so what began and ended on one day leaves nothing. Nothing outlives a cancellation,
    whatever was planned for later.

    Raises:
        InvalidError: a change lies before the start, or names an item that is not there.

    """
    book: dict[str, list[_Life]] = {}
    _start(book, subscription.items, subscription.start_on)
    cancelled_on = NEVER
    for change in sorted(subscription.changes, key=lambda one: (one.effective_on, one.sequence)):
        if isinstance(change, Cancelled):
            cancelled_on = min(cancelled_on, change.effective_on)
        elif change.effective_on < subscription.start_on:
            raise InvalidError(
                f"change: expected a day from {subscription.start_on} on, "
                f"found {change.effective_on}"
            )
        else:
            _apply(book, change)
    return tuple(one for lives in book.values() for one in _joined(_segments(lives, cancelled_on)))


@dataclass(slots=True)
class _Life:
    """An item from the day it starts to the day it is gone; it may start again later."""

    item: Item
    steps: list[tuple[date, Decimal]]
    gone_on: date = NEVER


def _apply(
    book: dict[str, list[_Life]], change: QuantityChanged | PlanChanged | ItemsAdded
) -> None:
    match change:
        case QuantityChanged():
            _last_life(book, change.item_id).steps.append((change.effective_on, change.quantity))
        case PlanChanged():
            for item_id in change.ended:
                _end(_last_life(book, item_id), change.effective_on)
            _start(book, change.started, change.effective_on)
        case ItemsAdded():
            _start(book, change.started, change.effective_on)


def _start(book: dict[str, list[_Life]], items: Iterable[Item], on: date) -> None:
    for item in items:
        lives = book.setdefault(item.id, [])
        if lives:
            _end(lives[-1], on)
        lives.append(_Life(item, [(on, item.quantity)]))


def _end(life: _Life, on: date) -> None:
    life.gone_on = min(life.gone_on, on)


def _last_life(book: dict[str, list[_Life]], item_id: str) -> _Life:
    if item_id not in book:
        raise InvalidError(f"change: expected an item of the subscription, found {item_id!r}")
    return book[item_id][-1]


def _segments(lives: Sequence[_Life], cancelled_on: date) -> Iterator[Segment]:
    for life in lives:
        gone_on = min(life.gone_on, cancelled_on)
        for (start_on, quantity), (next_on, _) in pairwise([*life.steps, (gone_on, Decimal(0))]):
            end_on = min(next_on, gone_on)
            if quantity and start_on < end_on:
                yield Segment(life.item, Period(start_on, end_on), quantity, gone_on)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours that are charged alike, so that equal timelines are equal values."""
    held: Segment | None = None
    for one in segments:
        if held and _continues(held, one):
            held = replace(one, period=Period(held.period.start_on, one.period.end_on))
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _continues(held: Segment, one: Segment) -> bool:
    return (held.period.end_on, held.quantity, held.item.price_id, held.item.component) == (
        one.period.start_on,
        one.quantity,
        one.item.price_id,
        one.item.component,
    )


def _counted(quantity: Decimal) -> None:
    if not quantity.is_finite() or quantity < 0:
        raise InvalidError(f"quantity: expected 0 or more, found {quantity}")
