"""What is still charged of the period in which a subscription was cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from solde.domain.catalog import ChargeKind, Credit
from solde.domain.periods import Period
from solde.domain.subscriptions.changes import Cancelled, standing
from solde.domain.subscriptions.subscription import Subscription
from solde.domain.subscriptions.timeline import Segment

RECURRING = (ChargeKind.ADVANCE, ChargeKind.ARREARS)


@dataclass(frozen=True, slots=True)
class Closing:
    """
    A cancellation that does not give back just the days not served.

    `period` is the billing period it falls into, from where its cycle begins to count.
    """

    ends_on: date
    period: Period
    credit: Credit

    def charged(self, spans: Sequence[Segment], kind: ChargeKind) -> Sequence[Segment]:
        """
        Return the days of an item that are charged; usage is charged as it was used.

        NONE: what is charged in advance is charged to the end of the period. FULL: nothing that
        recurs is charged of the period.
        """
        if self.credit is Credit.FULL and kind in RECURRING:
            return self._before(spans)
        last = spans[-1]
        if kind is not ChargeKind.ADVANCE or last.period.end_on != self.ends_on:
            return spans
        whole = Period(last.period.start_on, self.period.end_on)
        return (*spans[:-1], replace(last, period=whole, gone_on=whole.end_on))

    def _before(self, spans: Sequence[Segment]) -> Sequence[Segment]:
        end_on = self.period.start_on
        return [
            replace(one, period=Period(one.period.start_on, min(one.period.end_on, end_on)))
            for one in spans
            if one.period.start_on < end_on
        ]


def closing(subscription: Subscription) -> Closing | None:
    """Return how the period of a cancellation is charged; None where by the days served."""
    ends = [one for one in standing(subscription.changes) if isinstance(one, Cancelled)]
    if not ends:
        return None
    end = min(ends, key=lambda one: (one.effective_on, one.sequence))
    if end.credit is Credit.PRORATE or end.effective_on > subscription.ends_on:
        return None
    period = subscription.period_on(end.effective_on)
    start_on = max(period.start_on, subscription.phase_on(end.effective_on).days.start_on)
    if start_on == end.effective_on:
        return None
    return Closing(end.effective_on, Period(start_on, period.end_on), end.credit)
