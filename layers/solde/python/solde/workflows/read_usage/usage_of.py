"""What was used in a period, by subscription and meter: as rated, and with what waits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import orjson

from solde.domain.catalog import Aggregation, Meter
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.usage.day_state import DayState, cells_from_json, day_state, merge_cells
from solde.domain.usage.partial import Cells
from solde.domain.usage.quantity import quantity
from solde.ports.usage import Payer
from solde.workflows.read_usage.context import ReadingContext
from solde.workflows.read_usage.live import live_usage
from solde.workflows.read_usage.rebuilt import rebuilt_cells


@dataclass(frozen=True, slots=True)
class UsageRow:
    """`live` counts what is stored and not yet rated as well; a gauge shows none of it."""

    subscription_id: str
    meter: Meter
    rated: Quantity
    rated_events: int
    live: Quantity
    live_events: int


@dataclass(frozen=True, slots=True)
class UsageTold:
    rows: tuple[UsageRow, ...]
    complete: bool


def usage_of(
    customer_id: str, payers: Mapping[str, Payer], period: Period, context: ReadingContext
) -> UsageTold:
    """
    Tell what the subscriptions of a customer used in a period.

    `payers` names them by id and external id; usage of other subscriptions is left out.
    """
    wanted = {payer.subscription_id: payer for payer in payers.values()}
    rated = {
        (one.subscription_id, one.meter): one.days
        for one in context.usage.used(customer_id, period)
        if one.subscription_id in wanted
    }
    live = live_usage(payers, context)
    meters = {meter.code: meter for meter in context.meters.meters()}
    rows = []
    for subscription_id, code in sorted(rated.keys() | live.used.keys()):
        days = rated.get((subscription_id, code), {})
        more = live.used.get((subscription_id, code), {})
        zone = wanted[subscription_id].zone
        meter = meters[code]
        if meter.carries:
            more = {}
        rated_now = _rated(wanted[subscription_id], meter, days.keys() & more.keys(), days, context)
        row = _row(subscription_id, meter, _Days(days, rated_now, more, period, zone))
        if row.rated_events or row.live_events:
            rows.append(row)
    return UsageTold(tuple(rows), live.complete)


@dataclass(frozen=True, slots=True)
class _Days:
    rated: Mapping[date, DayState]
    open: Mapping[date, Cells]
    """The rated days that something waits of, in a form that merges with it."""
    waiting: Mapping[date, Cells]
    period: Period
    zone: str


def _row(subscription_id: str, meter: Meter, days: _Days) -> UsageRow:
    # What is below zero parks a bill; here it is told as it is.
    told = replace(meter, signed=True)
    rated, rated_events, _ = quantity(told, days.rated, days.period, zone_name=days.zone)
    both = _together(days)
    live, live_events, _ = quantity(told, both, days.period, zone_name=days.zone)
    return UsageRow(subscription_id, meter, rated, rated_events, live, live_events)


def _together(days: _Days) -> Mapping[date, DayState]:
    found = dict(days.rated)
    for day, waiting in days.waiting.items():
        cells = dict(days.open.get(day, {}))
        merge_cells(cells, waiting)
        found[day] = day_state(0, cells)
    return found


def _rated(
    payer: Payer, meter: Meter, wanted: Collection[date], days: Mapping[date, DayState],
    context: ReadingContext,
) -> Mapping[date, Cells]:  # fmt: skip
    """Open days again: what only adds up from what the table holds, the rest from the results."""
    adds = meter.aggregation in (Aggregation.COUNT, Aggregation.SUM) and not meter.fields
    if adds or not wanted:
        return {day: cells_from_json(orjson.loads(days[day].text)) for day in wanted}
    owner = (payer.customer_id, payer.subscription_id, meter.code)
    executions = context.state().executions
    return {day: rebuilt_cells(owner, day, executions, context.objects) for day in wanted}
