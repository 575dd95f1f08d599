"""A subscription: what was agreed at the start, and the changes since."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from solde.domain.periods import NEVER, Cycle, Period
from solde.domain.subscriptions.changes import (
    Cancelled,
    Change,
    Item,
    ItemsAdded,
    PlanChanged,
    TrialConverted,
    standing,
)
from solde.domain.trials import AfterTrial, Trial


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    external_id: str
    customer_id: str
    subscriber_id: str
    entity: str
    plan_id: str
    currency: str
    start_on: date
    cycle: Cycle
    items: tuple[Item, ...]
    changes: tuple[Change, ...] = ()
    name: str = ""
    terms_days: int | None = None
    """Overrides the customer's payment terms; keeps its charges on a document of their own."""
    trial: Trial | None = None
    collection: str = ""
    """Overrides how the customer's invoices are collected."""
    group: str = ""
    """Subscriptions of one group share documents, and share them with no other group."""

    def with_change(self, change: Change) -> "Subscription":
        return replace(self, changes=(*self.changes, change))

    @property
    def ends_on(self) -> date:
        """The first day without service: cancelled, or a trial that nobody converted; or NEVER."""
        days = [one.effective_on for one in standing(self.changes) if isinstance(one, Cancelled)]
        if self.trial and self.trial.then is AfterTrial.END and not self._converted:
            days.append(self.trial.ends_on)
        return min(days, default=NEVER)

    @property
    def _converted(self) -> bool:
        return any(isinstance(one, TrialConverted) for one in standing(self.changes))

    def plan_on(self, day: date) -> str:
        """Return the plan that holds on a day."""
        changed = [
            (one.effective_on, one.sequence, one.plan_id)
            for one in standing(self.changes)
            if isinstance(one, PlanChanged) and one.effective_on <= day
        ]
        return max(changed)[2] if changed else self.plan_id

    def period_on(self, day: date) -> Period:
        """Return the full billing period that holds a day."""
        return self.cycle.period(self.cycle.number_at(day))

    def items_ever(self) -> Iterator[Item]:
        """Yield every item that was ever agreed, served or not."""
        yield from self.items
        for change in self.changes:
            if isinstance(change, PlanChanged | ItemsAdded):
                yield from change.started
