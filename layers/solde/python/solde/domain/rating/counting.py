"""The days that a meter counts in a billing period, through all the prices of it (R7)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from solde.domain.catalog import Aggregation, Meter
from solde.domain.periods import Period
from solde.domain.subscriptions import Segment

AT_ONCE = frozenset({Aggregation.MAX, Aggregation.UNIQUE, Aggregation.LATEST})
"""What these say of a period is no sum of what they say of its parts."""


class Count(NamedTuple):
    """
    From the first day that any item is priced by the meter to the last, and when that is due.

    `handed_on` tells whether an item begins after the first day.
    """

    days: Period
    due_on: date
    handed_on: bool


class Counting:
    """One meter of a subscription, and the segments of all the items that it prices."""

    def __init__(self, meter: Meter, spans: Sequence[Segment]) -> None:
        self.by_days = meter.aggregation not in AT_ONCE
        self._spans = spans
        self._found: dict[Period, Count] = {}

    def of(self, period: Period) -> Count:
        """Return the count of a billing period with a day of service."""
        if period not in self._found:
            self._found[period] = self._count(period)
        return self._found[period]

    def _count(self, period: Period) -> Count:
        begins: dict[tuple[str, str, str], date] = {}
        end_on = gone_on = period.start_on
        for span in self._spans:
            if days := span.period.common(period):
                item = span.item
                begins.setdefault((item.id, item.component, item.price_id), days.start_on)
                end_on, gone_on = max(end_on, days.end_on), max(gone_on, span.gone_on)
        first_on = min(begins.values())
        return Count(
            Period(first_on, end_on),
            min(period.end_on, gone_on),
            any(start_on > first_on for start_on in begins.values()),
        )
