"""The timeline: the changes folded into runs of days with one item and one quantity."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

from solde.domain.periods import NEVER, Period
from solde.domain.subscriptions.changes import Change, Item, Paused, Resumed, in_order
from solde.domain.subscriptions.lives import Life, lives_of
from solde.domain.subscriptions.subscription import Subscription

ZERO = Decimal(0)


class Segment(NamedTuple):
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
    if not subscription.changes:
        return _as_agreed(subscription)
    changes = in_order(subscription.changes)
    book = lives_of(subscription, changes)
    ends_on, pauses = subscription.ends_on, _pauses(changes)
    found: list[Segment] = []
    for lives in book.values():
        segments = _segments(lives, ends_on)
        found += _joined(_served(segments, pauses) if pauses else segments)
    return tuple(found)


def _as_agreed(subscription: Subscription) -> tuple[Segment, ...]:
    """Return the timeline of nearly all subscriptions: what was agreed, from start to end."""
    start_on, ends_on = subscription.start_on, subscription.ends_on
    if ends_on <= start_on:
        return ()
    days = Period(start_on, ends_on)
    items = {one.id: one for one in subscription.items}.values()
    return tuple([Segment(one, days, one.quantity, ends_on) for one in items if one.quantity])


def charged(subscription: Subscription) -> tuple[Segment, ...]:
    """Return the timeline without the days of the trial, which nothing is charged for."""
    if subscription.trial is None:
        return timeline(subscription)
    paid = Period(subscription.trial.ends_on, NEVER)
    return tuple(
        one._replace(period=common)
        for one in timeline(subscription)
        if (common := one.period.common(paid))
    )


def paused_on(subscription: Subscription, day: date) -> bool:
    return any(day in pause for pause in _pauses(in_order(subscription.changes)))


def _pauses(changes: Sequence[Change]) -> list[Period]:
    """Return the spans without service, in order; the last one may be open."""
    found: list[Period] = []
    since: date | None = None
    for change in changes:
        if isinstance(change, Paused) and since is None:
            since = change.effective_on
        elif isinstance(change, Resumed) and since is not None:
            if since < change.effective_on:
                found.append(Period(since, change.effective_on))
            since = None
    return [*found, Period(since, NEVER)] if since else found


def _segments(lives: Iterable[Life], ends_on: date) -> Iterator[Segment]:
    for life in lives:
        gone_on = min(life.gone_on, ends_on)
        for (start_on, quantity), (next_on, _) in pairwise((*life.steps, (gone_on, ZERO))):
            end_on = min(next_on, gone_on)
            if quantity and start_on < end_on:
                yield Segment(life.item, Period(start_on, end_on), quantity, gone_on)


def _served(segments: Iterable[Segment], pauses: Sequence[Period]) -> Iterator[Segment]:
    """Yield the segments less the days of the pauses, which come in order."""
    ends = [pause.end_on for pause in pauses]
    for segment in segments:
        start_on, end_on = segment.period.start_on, segment.period.end_on
        for pause in islice(pauses, bisect_right(ends, start_on), None):
            if pause.start_on >= end_on:
                break
            if start_on < pause.start_on:
                yield segment._replace(period=Period(start_on, pause.start_on))
            start_on = pause.end_on
        if start_on < end_on:
            yield segment._replace(period=Period(start_on, end_on))


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours that are charged alike, so that equal timelines are equal values."""
    held: Segment | None = None
    for one in segments:
        if held and _continues(held, one):
            held = one._replace(period=Period(held.period.start_on, one.period.end_on))
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _continues(held: Segment, one: Segment) -> bool:
    return (
        held.period.end_on == one.period.start_on
        and held.quantity == one.quantity
        and held.item.price_id == one.item.price_id
        and held.item.component == one.item.component
    )
