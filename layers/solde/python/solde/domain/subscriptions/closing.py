"""What is still charged of the period in which a subscription was cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
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

    `period` is the billing period it falls into, from where its cycle begins to count; `due_to`
    the end of a term up to which what recurs stays due.
    """

    ends_on: date
    period: Period
    credit: Credit
    due_to: date | None = None

    def charged(self, spans: Sequence[Segment], kind: ChargeKind) -> Sequence[Segment]:
        """
        Return the days of an item that are charged; usage is charged as it was used.

        NONE: what is charged in advance is charged to the end of the period. FULL: nothing that
        recurs is charged of the period.
        """
        if kind not in RECURRING:
            return spans
        if self.due_to:
            return self._to(self.due_to, spans)
        if self.credit is Credit.FULL:
            return self._before(spans)
        return self._to(self.period.end_on, spans) if kind is ChargeKind.ADVANCE else spans

    def _to(self, end_on: date, spans: Sequence[Segment]) -> Sequence[Segment]:
        """Let an item that was there to the end be charged to a later day."""
        last = spans[-1]
        if last.period.end_on != self.ends_on:
            return spans
        longer = Period(last.period.start_on, end_on)
        return (*spans[:-1], last._replace(period=longer, gone_on=end_on))

    def _before(self, spans: Sequence[Segment]) -> Sequence[Segment]:
        end_on = self.period.start_on
        return [
            one._replace(period=Period(one.period.start_on, min(one.period.end_on, end_on)))
            for one in spans
            if one.period.start_on < end_on
        ]


def closing(subscription: Subscription) -> Closing | None:
    """Return how the period of a cancellation is charged; None where by the days served."""
    if not subscription.changes:
        return None
    ends = [one for one in standing(subscription.changes) if isinstance(one, Cancelled)]
    if not ends:
        return None
    end = min(ends, key=lambda one: (one.effective_on, one.sequence))
    on, due_to = end.effective_on, end.due_to
    if on > subscription.ends_on or (end.credit is Credit.PRORATE and due_to is None):
        return None
    period = subscription.period_on(on)
    start_on = max(period.start_on, subscription.phase_on(on).days.start_on)
    if due_to and due_to > on:
        return Closing(on, period, end.credit, due_to)
    return Closing(on, Period(start_on, period.end_on), end.credit) if start_on < on else None
