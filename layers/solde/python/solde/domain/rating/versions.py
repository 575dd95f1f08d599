"""Which version of a price an item has on which day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from solde.domain.catalog import Applies, Catalog, ChargeKind, Price
from solde.domain.periods import NEVER, Calendar, Period
from solde.domain.subscriptions import Segment, Subscription

ONE_DAY = timedelta(days=1)


class Offered:
    """What the items of a subscription are offered by the catalog: versions by their beginning."""

    def __init__(
        self, catalog: Catalog, subscription: Subscription, segments: Sequence[Segment]
    ) -> None:
        self.catalog, self._began = catalog, dict[str, date]()
        if catalog.versions:
            for one in reversed(segments):
                self._began[one.item.id] = _began_on(subscription, one)

    def by_version(
        self, price: Price, spans: Sequence[Segment], calendar: Calendar
    ) -> Iterator[tuple[Price, Sequence[Segment]]]:
        """Cut the segments of an item wherever it takes over another version of its price."""
        versions = self.catalog.versions.get(price.id)
        if versions is None:
            yield price, spans
            return
        held = _held(calendar, self._began[spans[0].item.id], versions)
        for (from_on, version), (to_on, _) in pairwise((*held, (NEVER, price))):
            if mine := _within(spans, Period(from_on, to_on)):
                yield version, mine


def _began_on(subscription: Subscription, first: Segment) -> date:
    """Return the day an item began; its trial is part of it."""
    first_on, trial = first.period.start_on, subscription.trial
    return subscription.start_on if trial and first_on == trial.ends_on else first_on


def _within(spans: Sequence[Segment], period: Period) -> list[Segment]:
    return [
        one if days == one.period else replace(one, period=days)
        for one in spans
        if (days := one.period.common(period))
    ]


def _held(
    calendar: Calendar, began_on: date, versions: Sequence[Price]
) -> list[tuple[date, Price]]:
    """Return the versions of an item that began on a day, with the day each begins on."""
    first = next(one for one in reversed(versions) if one.from_on <= began_on)
    held = [(date.min, first)]
    for one in versions:
        later = one.version > first.version and one.applies is not Applies.NEW
        if later and one.kind is not ChargeKind.ONE_TIME:
            from_on = taken_over_on(calendar, one)
            held = [*(each for each in held if each[0] < from_on), (from_on, one)]
    return held


def taken_over_on(calendar: Calendar, price: Price) -> date:
    """Return the day on which an item of before takes a version over."""
    by_event = price.kind is ChargeKind.USAGE and price.applies is Applies.EXISTING
    if by_event or price.mid_period:
        return price.from_on
    period = next(calendar.periods(price.from_on, price.from_on + ONE_DAY))
    return price.from_on if period.start_on == price.from_on else period.end_on
