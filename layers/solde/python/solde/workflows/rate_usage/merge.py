"""
Step 3: the days that an execution touched, merged anew from the results of all executions.

Never from what is stored in the table: rating again gives the same, and a writer that died in
between leaves nothing behind that matters.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from solde.domain.periods import day_of
from solde.domain.usage.day_state import DayState, day_state, merge_cells
from solde.domain.usage.partial import Cells
from solde.ports.usage import CustomerUsage, MeteredMonth
from solde.workflows.rate_usage.context import RatingContext
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.result import Outcome, Used, used_rows
from solde.workflows.rate_usage.state import Execution

WRITTEN_TOGETHER = 200
"""Customers handed to storage at a time."""

Row = tuple[Used, bool]
"""What a result says, and whether it is of this execution."""


def merge_days(
    manifest: Manifest,
    outcomes: Sequence[Outcome],
    earlier: Iterable[Execution],
    context: RatingContext,
) -> int:
    """Write every touched day of every customer; return how many customers and months it were."""
    executions = tuple(earlier)
    written = 0
    touched = sorted({day for one in outcomes for day in one.result.days})
    for _, days in groupby(touched, key=lambda day: day[:7]):
        batch: list[CustomerUsage] = []
        for usage in _usages(manifest, list(days), outcomes, executions, context):
            batch.append(usage)
            if len(batch) == WRITTEN_TOGETHER:
                context.usage.write(batch, generation=manifest.number)
                written, batch = written + len(batch), []
        context.usage.write(batch, generation=manifest.number)
        written += len(batch)
    return written


def _usages(
    manifest: Manifest,
    days: Sequence[str],
    outcomes: Sequence[Outcome],
    executions: Sequence[Execution],
    context: RatingContext,
) -> Iterator[CustomerUsage]:
    """Yield what the customers used in the touched days of one month, in order."""
    streams = [
        _rows(result.key, day, result.days[day], mine=mine, context=context)
        for results, mine in (
            *(((one.result,), True) for one in outcomes),
            *((execution.files, False) for execution in executions),
        )
        for result in results
        for day in days
        if day in result.days
    ]
    merged = heapq.merge(*streams, key=lambda row: row[0][:4])
    for (customer_id, entity), rows in groupby(merged, key=lambda row: _owner(row[0])):
        months = tuple(_months(rows, manifest.number))
        if months:
            today = day_of(manifest.as_of, months[0].zone)
            yield CustomerUsage(customer_id, entity, today, months)


def _rows(
    key: str, day: str, span: tuple[int, int], *, mine: bool, context: RatingContext
) -> Iterator[Row]:
    for used in used_rows(key, day, span, context.objects):
        yield used, mine


def _owner(used: Used) -> tuple[str, str]:
    return used.customer_id, used.entity


def _months(rows: Iterable[Row], generation: int) -> Iterator[MeteredMonth]:
    """Yield, by subscription and meter, the days on which this execution found something."""
    for (subscription_id, meter), mine in groupby(
        rows, key=lambda row: (row[0].subscription_id, row[0].meter)
    ):
        days: dict[date, DayState] = {}
        zone = ""
        for day, parts in groupby(mine, key=lambda row: row[0].day):
            cells: Cells = {}
            touched = False
            for used, new in parts:
                merge_cells(cells, used.cells)
                touched, zone = touched or new, used.zone
            if touched:
                days[day] = day_state(generation, cells)
        if days:
            month = f"{next(iter(days)):%Y-%m}"
            yield MeteredMonth(subscription_id, meter, zone, month, days)
