"""Propose everything that should have been billed up to a day: a fold of timeline and usage."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.discounts import Grant
from solde.domain.errors import InvalidError
from solde.domain.periods import Calendar, Period
from solde.domain.pricing import Quantity
from solde.domain.rating.charge import ChargeKey, Proposal, Stretch
from solde.domain.rating.covered import covered
from solde.domain.subscriptions import Covering, Item, Segment, Subscription, charged
from solde.domain.tax import Regime, treatments

Measure = Callable[[Subscription, str, Period], tuple[Quantity, int, str]]
"""(subscription, meter code, days) → the quantity, how many events, digest of what was measured."""

_Named = tuple[str, str, str]
"""Id, component and price: the segments that share their rounding keys."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """
    Which charges are looked at.

    `after` is the watermark: charges due up to that day are billed. `dirty_from` reopens the
    billing periods that end after it. Charges due after `target_on` wait.
    """

    after: date
    target_on: date
    dirty_from: date | None = None

    def takes(self, due_on: date, period: Period) -> bool:
        if due_on > self.target_on:
            return False
        return due_on > self.after or self.reopens(period)

    def reopens(self, period: Period) -> bool:
        return self.dirty_from is not None and period.end_on > self.dirty_from

    @property
    def first_on(self) -> date:
        """The earliest day on which a period that matters can end."""
        return min(self.after, self.dirty_from or self.after)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the amounts follow from besides the timeline."""

    catalog: Catalog
    regime: Regime
    measure: Measure
    grants: tuple[Grant, ...] = ()
    """The discounts of the customer, which hold for each of his subscriptions."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What falls into a window, by item, then period, and the first day after it that has more."""

    proposals: tuple[Proposal, ...]
    next_due_on: date | None


def outlook(subscription: Subscription, window: Window, terms: Terms) -> Outlook:
    """Look at the charges of one subscription once, for what is due and for what comes next."""
    proposals, days = [], []
    calendar, first_on = Calendar(subscription.cycle), window.first_on
    for spans in _by_charge(subscription):
        price = terms.catalog.price(spans[0].item.price_id)
        for served in _served(calendar, price, spans, first_on):
            if served.due_on > window.target_on:
                days.append(served.due_on)
                break
            if window.takes(served.due_on, served.period):
                proposals.append(_proposal(subscription, price, spans[0], served, terms))
    if subscription.changes or terms.grants:
        proposals = list(covered(proposals, Covering(subscription, terms.grants)))
    return Outlook(tuple(proposals), min(days, default=None))


def propose(subscription: Subscription, window: Window, terms: Terms) -> Iterator[Proposal]:
    """Yield the charges of one subscription that fall into the window, by item, then period."""
    yield from outlook(subscription, window, terms).proposals


def next_due_on(
    subscriptions: Sequence[Subscription], *, catalog: Catalog, after: date
) -> date | None:
    """Return the first day after `after` on which a charge falls due, or None."""
    days = []
    for subscription in subscriptions:
        calendar = Calendar(subscription.cycle)
        for spans in _by_charge(subscription):
            price = catalog.price(spans[0].item.price_id)
            due = (one.due_on for one in _served(calendar, price, spans, after))
            days += [first] if (first := next((on for on in due if on > after), None)) else []
    return min(days, default=None)


def withdrawn(gone: Mapping[ChargeKey, Subscription], catalog: Catalog) -> Iterator[Proposal]:
    """Propose nothing for keys that were billed and are on the timeline no more."""
    agreed: dict[str, dict[_Named, Item]] = {}
    for key, subscription in gone.items():
        if subscription.id not in agreed:
            agreed[subscription.id] = _items_by_name(subscription)
        named = (key.item_id, key.component, key.price_id)
        price = catalog.price(key.price_id)
        yield Proposal(
            key=key,
            subscription=subscription,
            item=agreed[subscription.id].get(named) or Item(*named, Decimal(0)),
            price=price,
            product=catalog.product(price.product_id),
            due_on=key.period.start_on,
            stretches=(),
            inputs="",
        )


def _items_by_name(subscription: Subscription) -> dict[_Named, Item]:
    """Return the items as they were agreed first, for the words that describe them."""
    items: dict[_Named, Item] = {}
    for item in subscription.items_ever():
        items.setdefault((item.id, item.component, item.price_id), item)
    return items


def _proposal(
    subscription: Subscription, price: Price, span: Segment, served: "_Served", terms: Terms
) -> Proposal:
    stretches, seen = _stretches(subscription, price, served, terms)
    return Proposal(
        key=charge_key(span, price, served.period),
        subscription=subscription,
        item=span.item,
        price=price,
        product=terms.catalog.product(price.product_id),
        due_on=served.due_on,
        stretches=stretches,
        inputs=_inputs(price, stretches, seen),
    )


def charge_key(span: Segment, price: Price, period: Period) -> ChargeKey:
    item = span.item
    return ChargeKey(item.id, item.component, price.kind, price.id, price.version, period)


class _Served(NamedTuple):
    """A full billing period of an item, the days of it that are served, and when it is due."""

    period: Period
    days: Sequence[tuple[Period, Decimal]]
    due_on: date

    @property
    def whole(self) -> Period:
        """From the first day served to the last."""
        first, last = self.days[0][0], self.days[-1][0]
        return first if first is last else Period(first.start_on, last.end_on)


def _by_charge(subscription: Subscription) -> Iterable[list[Segment]]:
    """Gather the segments of an item that have one price: they share their rounding keys."""
    groups: dict[_Named, list[Segment]] = {}
    for segment in charged(subscription):
        item = segment.item
        groups.setdefault((item.id, item.component, item.price_id), []).append(segment)
    return groups.values()


def _served(
    calendar: Calendar, price: Price, spans: Sequence[Segment], first_on: date
) -> Iterator[_Served]:
    """Yield the billing periods of an item that have a day of service and end after a day."""
    if price.kind is ChargeKind.ONE_TIME:
        return iter((_once(spans[0]),))
    return _recurring(calendar, price.kind, spans, first_on)


def _once(first: Segment) -> _Served:
    start_on = first.period.start_on
    day = Period(start_on, start_on + ONE_DAY)
    return _Served(day, [(day, first.quantity)], start_on)


def _recurring(
    calendar: Calendar, kind: ChargeKind, spans: Sequence[Segment], first_on: date
) -> Iterator[_Served]:
    """Yield the periods that end after a day, and the last one if none does."""
    starts = [span.period.start_on for span in spans]
    ends = [span.period.end_on for span in spans]
    from_on = min(max(starts[0], first_on), ends[-1] - ONE_DAY)
    for period in calendar.periods(from_on, ends[-1]):
        mine = spans[bisect_right(ends, period.start_on) : bisect_left(starts, period.end_on)]
        days = [(days, span.quantity) for span in mine if (days := span.period.common(period))]
        if days:
            at_start = kind is ChargeKind.ADVANCE
            due_on = days[0][0].start_on if at_start else min(period.end_on, mine[-1].gone_on)
            yield _Served(period, days, due_on)


def _stretches(
    subscription: Subscription, price: Price, served: _Served, terms: Terms
) -> tuple[tuple[Stretch, ...], str]:
    if price.kind is ChargeKind.USAGE:
        return _measured(subscription, price, served, terms)
    if price.prorated:
        return tuple([Stretch(days, Quantity(quantity)) for days, quantity in served.days]), ""
    return (Stretch(served.whole, Quantity(served.days[0][1])),), ""


def _measured(
    subscription: Subscription, price: Price, served: "_Served", terms: Terms
) -> tuple[tuple[Stretch, ...], str]:
    """
    Measure the period to date at its end, and at each change of the rate of tax inside it.

    Raises:
        InvalidError: less than nothing was used, and the meter does not allow for that (R7).

    """
    tax_class = terms.catalog.product(price.product_id).tax_class
    service, stretches, seen = served.whole, [], ""
    for part, _ in treatments(terms.regime, tax_class, service, served.period):
        to_date = service if part is service else Period(service.start_on, part.end_on)
        quantity, count, seen = terms.measure(subscription, price.meter, to_date)
        if quantity.total < 0 and not terms.catalog.meter(price.meter).signed:
            raise InvalidError(f"{price.meter}: expected 0 or more, found {quantity.total}")
        stretches.append(Stretch(part, quantity, count))
    return tuple(stretches), seen


def _inputs(price: Price, stretches: Sequence[Stretch], seen: str) -> str:
    parts = [f"{price.id}/{price.version}/{seen}", *map(_told, stretches)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _told(stretch: Stretch) -> str:
    days, total = stretch.service, stretch.quantity.total
    return f"{days.start_on.isoformat()}/{days.end_on.isoformat()}/{total.normalize():f}"
