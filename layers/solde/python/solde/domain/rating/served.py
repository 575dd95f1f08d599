"""What is served: the billing periods of each charge, the days of them, and when they are due."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.periods import NEVER, Calendar, Period, calendar
from solde.domain.pricing import by_total
from solde.domain.rating.counting import AT_ONCE, Counting
from solde.domain.rating.stages import by_stage
from solde.domain.rating.versions import Offered
from solde.domain.subscriptions import Closing, Segment, Subscription, charged, closing
from solde.domain.subscriptions.turns import by_cycle

ONE_DAY = timedelta(days=1)


class Charged(NamedTuple):
    """
    The segments of an item that have one version of a price: they share their rounding keys.

    `calendar` tells their billing periods. `counting` is there where others are priced by the same
    meter, and `apart` where days between the segments are: the days on which anybody is. `part`
    names the part of the price where it has several.
    """

    price: Price
    spans: Sequence[Segment]
    calendar: Calendar
    counting: Counting | None = None
    apart: Sequence[Period] = ()
    part: str = ""


class Served(NamedTuple):
    """
    A full billing period of an item, the days of it that are served, and when it is due.

    `counted` are the days that a meter counts on through the prices of several items; `runs` are
    those that are measured, where others are priced for days between them.
    """

    period: Period
    days: Sequence[tuple[Period, Decimal]]
    due_on: date
    counted: Period | None = None
    runs: Sequence[Period] = ()

    @property
    def whole(self) -> Period:
        """From the first day served to the last."""
        first, last = self.days[0][0], self.days[-1][0]
        return first if first is last else Period(first.start_on, last.end_on)


def by_charge(subscription: Subscription, catalog: Catalog) -> list[Charged]:
    """Gather what is charged, by item in order of its start, and by cycle where they changed."""
    segments, end = charged(subscription), closing(subscription)
    phases = subscription.phases()
    offered = Offered(catalog, subscription, segments)
    if len(phases) == 1:
        every = _gathered(segments, offered, calendar(subscription.cycle), end)
        return _apart(every, segments, catalog) if subscription.changes else every
    found: list[Charged] = []
    for cycle, mine in by_cycle(segments, phases).items():
        every = _gathered(mine, offered, calendar(cycle), end)
        found += [one for one in every if not _paid_once(one, found)]
    return _apart(found, segments, catalog)


def _apart(every: list[Charged], segments: Sequence[Segment], catalog: Catalog) -> list[Charged]:
    """Tell usage that stops and comes back on which days its meter is priced by anybody."""
    for place, one in enumerate(every):
        code = one.price.meter
        if not code or catalog.meter(code).aggregation in AT_ONCE:
            continue  # what is no sum of days is priced whole, whoever comes between
        if any(a.period.end_on < b.period.start_on for a, b in pairwise(one.spans)):
            mine = (each for each in segments if catalog.price(each.item.price_id).meter == code)
            every[place] = one._replace(apart=[each.period for each in mine])
    return every


def _paid_once(one: Charged, before: Iterable[Charged]) -> bool:
    """Tell whether what is charged once was so by an earlier cycle."""
    if one.price.kind is not ChargeKind.ONE_TIME:
        return False
    return any(each.spans[0].item == one.spans[0].item for each in before)


def _gathered(
    segments: Iterable[Segment], offered: Offered, calendar: Calendar, end: Closing | None
) -> list[Charged]:
    catalog = offered.catalog
    groups: dict[tuple[str, str, str], list[Segment]] = {}
    for segment in segments:
        item = segment.item
        groups.setdefault((item.id, item.component, item.price_id), []).append(segment)
    found = [Charged(offered.price(one[0].item.price_id), one, calendar) for one in groups.values()]
    if end:
        found = list(_closed(found, end))
    if catalog.versions:
        found = [each for one in found for each in _versions(one, offered)]
    if [one for one in found if one.price.ramp or one.price.priced_in]:
        found = [each for one in found for each in _stages(one, offered)]
    meters = [one.price.meter for one in found if one.price.meter]
    return found if len(meters) == len(set(meters)) else _counted(found, catalog)


def _closed(every: Sequence[Charged], end: Closing) -> Iterator[Charged]:
    """Yield what is charged where a cancellation does not give back just the days not served."""
    for one in every:
        if spans := end.charged(one.spans, one.price.kind):
            yield one._replace(spans=spans)


def _versions(one: Charged, offered: Offered) -> Iterator[Charged]:
    """Gather by version: one that comes back goes on with its rounding keys."""
    found: dict[int, Charged] = {}
    for price, spans in offered.by_version(one.price, one.spans, one.calendar):
        held = found.get(price.version)
        mine = (*held.spans, *spans) if held else spans
        found[price.version] = one._replace(price=price, spans=mine)
    yield from found.values()


def _stages(one: Charged, offered: Offered) -> Iterator[Charged]:
    price, catalog = one.price, offered.catalog
    if not price.ramp and not price.priced_in:
        yield one
        return
    paid_from = offered.paid_from(one.spans[0].item.id)
    unit = catalog.unit(price.priced_in) if price.priced_in else None
    for part, said, spans in by_stage(price, one.spans, one.calendar, paid_from, unit):
        yield one._replace(price=said, spans=spans, part=part)


def _counted(every: Sequence[Charged], catalog: Catalog) -> list[Charged]:
    """Let those that share a meter count on from one another."""
    spans: dict[str, list[Sequence[Segment]]] = {}
    for one in every:
        spans.setdefault(one.price.meter, []).append(one.spans)
    countings = {code: Counting(catalog.meter(code), mine) for code, mine in spans.items() if code}
    return [one._replace(counting=countings.get(one.price.meter)) for one in every]


def served(one: Charged, first_on: date) -> Iterator[Served]:
    """Yield the billing periods of an item that have a day of service and end after a day."""
    if one.price.kind is ChargeKind.ONE_TIME:
        return iter((_once(one.spans[0]),))
    if one.price.kind is ChargeKind.CAP:
        return iter(())  # it is no charge: it takes off others
    if len(one.spans) == 1:
        found = _steady(one.calendar, one.price.kind, one.spans[0], first_on)
    else:
        found = _recurring(one.calendar, one.price.kind, one.spans, first_on)
    if one.price.across:  # what it counts of others is known when the period is over
        found = (each._replace(due_on=each.period.end_on) for each in found)
    if one.apart:
        found = (each._replace(runs=_runs(each.days, one.apart)) for each in found)
    return found if one.counting is None else _counting(found, one.counting, one.price)


def _once(first: Segment) -> Served:
    start_on = first.period.start_on
    day = Period(start_on, start_on + ONE_DAY)
    return Served(day, [(day, first.quantity)], start_on)


def _steady(
    calendar: Calendar, kind: ChargeKind, span: Segment, first_on: date
) -> Iterator[Served]:
    """Yield the periods of an item that never changes: nearly all are of such."""
    start_on, end_on = span.period.start_on, span.period.end_on
    from_on, at_start = max(start_on, first_on), kind is ChargeKind.ADVANCE
    number = calendar.number_at(from_on if from_on < end_on else end_on - ONE_DAY)
    while days := span.period.common(period := calendar.period(number)):
        due_on = days.start_on if at_start else min(period.end_on, span.gone_on)
        yield Served(period, ((days, span.quantity),), due_on)
        if period.end_on == NEVER:
            return
        number += 1


def _recurring(
    calendar: Calendar, kind: ChargeKind, spans: Sequence[Segment], first_on: date
) -> Iterator[Served]:
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
            yield Served(period, days, due_on)


def _runs(days: Sequence[tuple[Period, Decimal]], priced: Sequence[Period]) -> Sequence[Period]:
    """Join the days that are measured, but not over days on which somebody else is priced."""
    runs = [days[0][0]]
    for one, _ in days[1:]:
        last = runs[-1]
        between = last.end_on < one.start_on and Period(last.end_on, one.start_on)
        if between and any(each.common(between) for each in priced):
            runs.append(one)
        else:
            runs[-1] = Period(last.start_on, one.end_on)
    return runs if len(runs) > 1 else ()


def _counting(found: Iterator[Served], counting: Counting, price: Price) -> Iterator[Served]:
    """
    Let a price whose band follows from the whole count wait for its end.

    By a meter that is no sum of days, who was there first is priced for the whole count, and who
    comes later begins with the next period (R7).
    """
    waits = by_total(price.model)
    for one in found:
        count = counting.of(one.period)
        if counting.by_days:
            due_on = count.due_on if waits else one.due_on
            yield one._replace(due_on=due_on, counted=count.days)
        elif one.days[0][0].start_on == count.days.start_on:
            if count.handed_on:
                days = [(count.days, one.days[0][1])]
                yield one._replace(due_on=count.due_on, days=days)
            else:
                yield one
