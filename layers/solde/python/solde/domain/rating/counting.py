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
    From the first day that any price asks for the meter to the last, and when that is due.

    `handed_on` tells whether a price begins after the first day.
    """

    days: Period
    due_on: date
    handed_on: bool


class Counting:
    """One meter of a subscription, and the segments of each price that asks for it."""

    def __init__(self, meter: Meter, charges: Sequence[Sequence[Segment]]) -> None:
        self.by_days = meter.aggregation not in AT_ONCE
        self._charges = charges
        self._found: dict[Period, Count] = {}

    def of(self, period: Period) -> Count:
        """Return the count of a billing period with a day of service."""
        if period not in self._found:
            self._found[period] = self._count(period)
        return self._found[period]

    def _count(self, period: Period) -> Count:
        begins: list[date] = []
        end_on = gone_on = period.start_on
        for spans in self._charges:
            mine = [(days, one) for one in spans if (days := one.period.common(period))]
            begins += [mine[0][0].start_on] if mine else []
            for days, one in mine:
                end_on, gone_on = max(end_on, days.end_on), max(gone_on, one.gone_on)
        whole = Period(min(begins), end_on)
        return Count(whole, min(period.end_on, gone_on), max(begins) > whole.start_on)
