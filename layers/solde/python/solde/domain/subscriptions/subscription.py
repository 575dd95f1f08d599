"""A subscription: what was agreed at the start, and the changes since."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from solde.domain.periods import NEVER, Cycle, Period
from solde.domain.subscriptions.changes import (
    Cancelled,
    Change,
    CycleChanged,
    Item,
    ItemsAdded,
    PlanChanged,
    TrialConverted,
    standing,
)
from solde.domain.subscriptions.contract import Contract
from solde.domain.subscriptions.references import References
from solde.domain.trials import AfterTrial, Trial
from solde.domain.values import light

ALWAYS = Period(date.min, NEVER)


class Phase(NamedTuple):
    """The days on which one cycle counts; the first and the last phase are open."""

    days: Period
    cycle: Cycle


@light
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
    contract: Contract | None = None
    references: References | None = None
    subscriber_name: str = ""
    """The child customer that it serves, as he was called when his parent took it."""
    held_until: date | None = None
    """As it is billed on a day (`billed_as`): until when what is billed then is not collected."""

    def with_change(self, change: Change) -> "Subscription":
        return replace(self, changes=(*self.changes, change))

    @property
    def ends_on(self) -> date:
        """The first day without service: cancelled, or a trial or contract is over; or NEVER."""
        days = [one.effective_on for one in standing(self.changes) if isinstance(one, Cancelled)]
        if self.trial and self.trial.then is AfterTrial.END and not self._converted:
            days.append(self.trial.ends_on)
        if self.contract:
            days.append(self.contract.ends_on)
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
        return _period(self.phase_on(day).cycle, day)

    def phase_on(self, day: date) -> Phase:
        return next(one for one in self.phases() if day in one.days)

    def phases(self) -> tuple[Phase, ...]:
        """
        Return the cycles in turn, with the days on which each counts.

        A cycle that has the period of the one before begins when that period ends.
        """
        if not self.changes:
            return (Phase(ALWAYS, self.cycle),)
        turns = [
            one
            for one in standing(self.changes)
            if isinstance(one, PlanChanged | CycleChanged) and one.cycle
        ]
        found = [Phase(ALWAYS, self.cycle)]
        for one in sorted(turns, key=lambda turn: (turn.effective_on, turn.sequence)):
            if one.cycle:
                _follow(found, one.cycle, one.effective_on)
        return tuple(found)

    def items_ever(self) -> Iterator[Item]:
        """Yield every item that was ever agreed, served or not."""
        yield from self.items
        for change in self.changes:
            if isinstance(change, PlanChanged | ItemsAdded):
                yield from change.started


def _follow(phases: list[Phase], cycle: Cycle, on: date) -> None:
    """
    Let a cycle count from a day on; of several of one day, the last.

    Where its period is one that another cycle has had part of, that one has the rest of it.
    """
    while phases[-1].days.start_on >= on:
        phases.pop()
    last = phases[-1]
    if cycle == last.cycle:
        phases[-1] = Phase(Period(last.days.start_on, NEVER), cycle)
        return
    phases[-1] = Phase(Period(last.days.start_on, on), last.cycle)
    first = _period(cycle, on)
    recent = takewhile(lambda one: one.days.end_on > first.start_on, reversed(phases))
    begun = next((one.cycle for one in recent if _period(one.cycle, on) == first), cycle)
    if begun == last.cycle:
        phases[-1] = Phase(Period(last.days.start_on, first.end_on), begun)
        on = first.end_on
    elif begun != cycle:
        phases.append(Phase(Period(on, first.end_on), begun))
        on = first.end_on
    phases.append(Phase(Period(on, NEVER), cycle))


def _period(cycle: Cycle, day: date) -> Period:
    return cycle.period(cycle.number_at(day))
