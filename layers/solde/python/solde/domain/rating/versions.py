"""Which version of a price an item has on which day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from solde.domain.catalog import Applies, Catalog, ChargeKind, Price
from solde.domain.periods import NEVER, Calendar, Period
from solde.domain.subscriptions import Contract, PriceChosen, Segment, Subscription, begun
from solde.domain.subscriptions.changes import in_order

ONE_DAY = timedelta(days=1)
T = TypeVar("T")


class Offered:
    """What the items of a subscription are offered by the catalog: versions by their beginning."""

    def __init__(
        self, catalog: Catalog, subscription: Subscription, segments: Sequence[Segment]
    ) -> None:
        self.catalog, self._subscription = catalog, subscription
        self._began: dict[str, date] = {}
        self._choices: list[PriceChosen] = []
        self._segments = segments
        if catalog.versions:
            found = in_order(subscription.changes)
            self._choices = [one for one in found if isinstance(one, PriceChosen)]
            self._began = begun(subscription)

    def price(self, price_id: str) -> Price:
        """Return a price as it is in the currency of the subscription."""
        return self.catalog.price(price_id).of(self._subscription.currency)

    def paid_from(self, item_id: str) -> date:
        """Return the first day on which an item is charged for."""
        return min(one.period.start_on for one in self._segments if one.item.id == item_id)

    def by_version(
        self, price: Price, spans: Sequence[Segment], calendar: Calendar
    ) -> Iterator[tuple[Price, Sequence[Segment]]]:
        """Cut the segments of an item wherever it takes over another version of its price."""
        versions = self.catalog.versions.get(price.id)
        if versions is None:
            yield price, spans
            return
        held = _held(calendar, self._began[spans[0].item.id], versions, self._subscription.contract)
        for one in self._choices:
            if one.price_id == price.id:
                held = _chosen(held, one, versions)
        for (from_on, version), (to_on, _) in pairwise((*held, (NEVER, price))):
            if mine := within(spans, Period(from_on, to_on)):
                yield version.of(self._subscription.currency), mine


def held_until(held: Sequence[tuple[date, T]], on: date) -> list[tuple[date, T]]:
    """Return what began before a day: what begins on it takes the place of the rest."""
    return [one for one in held if one[0] < on]


def within(spans: Sequence[Segment], period: Period) -> list[Segment]:
    return [
        one if days == one.period else one._replace(period=days)
        for one in spans
        if (days := one.period.common(period))
    ]


Held = list[tuple[date, Price]]
"""Versions with the day that each begins on, in order."""


def _chosen(held: Held, choice: PriceChosen, versions: Sequence[Price]) -> Held:
    """Put a version from a day on in the place of those that are not later ones."""
    version = next(one for one in versions if one.version == choice.version)
    before = [one for one in held if one[0] < choice.effective_on]
    later = [one for one in held[len(before) :] if one[1].version > version.version]
    return [*before, (choice.effective_on, version), *later]


def _held(
    calendar: Calendar, began_on: date, versions: Sequence[Price], contract: Contract | None
) -> Held:
    """Return the versions of an item that began on a day, with the day each begins on."""
    first = next(one for one in reversed(versions) if one.from_on <= began_on)
    held = [(date.min, first)]
    for one in versions:
        later = one.version > first.version and one.applies is not Applies.NEW
        if later and one.kind is not ChargeKind.ONE_TIME:
            from_on = taken_over_on(calendar, one, contract)
            held = [*held_until(held, from_on), (from_on, one)]
    return held


def taken_over_on(calendar: Calendar, price: Price, contract: Contract | None = None) -> date:
    """
    Return the day on which an item of before takes a version over.

    A contract renews with its next term, and what has none with its next billing period.
    """
    by_event = price.kind is ChargeKind.USAGE and price.applies is Applies.EXISTING
    if by_event or price.mid_period:
        return price.from_on
    on = price.from_on
    if contract and price.applies is Applies.RENEWAL:
        on = _not_before(on, contract.term_on(on))
    return period_from(calendar, on)


def period_from(calendar: Calendar, on: date) -> date:
    """Return the start of the first billing period that starts on a day or later."""
    return _not_before(on, next(calendar.periods(on, on + ONE_DAY))) if on < NEVER else NEVER


def _not_before(day: date, period: Period) -> date:
    return period.start_on if day <= period.start_on else period.end_on
