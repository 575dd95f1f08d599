"""Propose everything that should have been billed up to a day: a fold of timeline and usage."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.periods import NEVER, Period
from solde.domain.pricing import Quantity
from solde.domain.rating.charge import ChargeKey, Proposal, Stretch
from solde.domain.subscriptions import Item, Segment, Subscription, timeline
from solde.domain.tax import treatments

Measure = Callable[[Subscription, str, Period], tuple[Quantity, int, str]]
"""(subscription, meter code, days) → the quantity, how many events, digest of what was measured."""

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
    regime: str
    measure: Measure


def propose(subscription: Subscription, window: Window, terms: Terms) -> Iterator[Proposal]:
    """Yield the charges of one subscription that fall into the window, by item, then period."""
    for spans in _by_item(subscription):
        price = terms.catalog.price(spans[0].item.price_id)
        for period, due_on in _periods(subscription, price, spans, window):
            stretches, seen = _stretches(subscription, price, spans, period, terms)
            yield Proposal(
                key=charge_key(spans[0], price, period),
                subscription=subscription,
                item=spans[0].item,
                price=price,
                product=terms.catalog.product(price.product_id),
                due_on=due_on,
                stretches=stretches,
                inputs=_inputs(price, stretches, seen),
            )


def next_due_on(
    subscriptions: Sequence[Subscription], *, catalog: Catalog, after: date
) -> date | None:
    """Return the first day after `after` on which a charge falls due, or None."""
    window = Window(after=after, target_on=NEVER)
    days = []
    for subscription in subscriptions:
        for spans in _by_item(subscription):
            price = catalog.price(spans[0].item.price_id)
            days += [due_on for _, due_on in _first(_periods(subscription, price, spans, window))]
    return min(days, default=None)


def withdrawn(key: ChargeKey, subscription: Subscription, catalog: Catalog) -> Proposal:
    """Propose nothing for a key that was billed and is on the timeline no more."""
    price = catalog.price(key.price_id)
    return Proposal(
        key=key,
        subscription=subscription,
        item=Item(key.item_id, key.component, key.price_id, Decimal(0)),
        price=price,
        product=catalog.product(price.product_id),
        due_on=key.period.start_on,
        stretches=(),
        inputs="",
    )


def charge_key(span: Segment, price: Price, period: Period) -> ChargeKey:
    item = span.item
    return ChargeKey(item.id, item.component, price.kind, price.id, price.version, period)


def _first(
    found: Iterator[tuple[Period, date]],
) -> Iterator[tuple[Period, date]]:
    for one in found:
        yield one
        return


def _by_item(subscription: Subscription) -> Iterator[list[Segment]]:
    for _, group in groupby(timeline(subscription), key=lambda segment: segment.item.id):
        yield list(group)


def _periods(
    subscription: Subscription, price: Price, spans: Sequence[Segment], window: Window
) -> Iterator[tuple[Period, date]]:
    """Yield the full billing periods of an item with the day each falls due, as the window asks."""
    span = Period(spans[0].period.start_on, spans[-1].period.end_on)
    if price.kind is ChargeKind.ONE_TIME:
        day = Period(span.start_on, span.start_on + ONE_DAY)
        if window.takes(span.start_on, day):
            yield day, span.start_on
        return
    first_on = min(max(span.start_on, window.first_on), span.end_on - ONE_DAY)
    for period in subscription.cycle.periods(Period(first_on - ONE_DAY, span.end_on)):
        if period.end_on <= span.start_on:
            continue
        due_on = _due_on(price.kind, period, span)
        if due_on > window.target_on:
            return
        if window.takes(due_on, period):
            yield period, due_on


def _due_on(kind: ChargeKind, period: Period, span: Period) -> date:
    if kind is ChargeKind.ADVANCE:
        return max(period.start_on, span.start_on)
    return min(period.end_on, span.end_on)


def _stretches(
    subscription: Subscription,
    price: Price,
    spans: Sequence[Segment],
    period: Period,
    terms: Terms,
) -> tuple[tuple[Stretch, ...], str]:
    if price.kind is ChargeKind.USAGE:
        span = Period(spans[0].period.start_on, spans[-1].period.end_on)
        service = span.common(period)
        return _measured(subscription, price, service, terms) if service else ((), "")
    found = tuple(
        Stretch(service, Quantity(segment.quantity))
        for segment in spans
        if (service := segment.period.common(period))
    )
    if price.prorated or not found:
        return found, ""
    whole = Period(found[0].service.start_on, found[-1].service.end_on)
    return (Stretch(whole, found[0].quantity),), ""


def _measured(
    subscription: Subscription, price: Price, service: Period, terms: Terms
) -> tuple[tuple[Stretch, ...], str]:
    """Measure the period to date at its end, and at each change of the rate of tax inside it."""
    tax_class = terms.catalog.product(price.product_id).tax_class
    stretches, seen = [], ""
    for part, _ in treatments(terms.regime, tax_class, service):
        to_date = Period(service.start_on, part.end_on)
        quantity, count, seen = terms.measure(subscription, price.meter, to_date)
        stretches.append(Stretch(part, quantity, count))
    return tuple(stretches), seen


def _inputs(price: Price, stretches: Sequence[Stretch], seen: str) -> str:
    parts = [f"{price.id}/{price.version}/{seen}"]
    parts += [
        f"{one.service.start_on}/{one.service.end_on}/{one.quantity.total.normalize():f}"
        for one in stretches
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
