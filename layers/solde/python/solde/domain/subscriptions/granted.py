"""The discounts of a subscription, and which of its billing periods each of them covers."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from solde.domain.discounts import Grant
from solde.domain.periods import Period
from solde.domain.subscriptions.changes import DiscountEnded, DiscountGranted, standing
from solde.domain.subscriptions.subscription import Phase, Subscription

ONE_DAY = timedelta(days=1)


def granted(subscription: Subscription) -> tuple[Grant, ...]:
    """Return what was granted to the subscription itself, in order of day, then of entry."""
    grants: dict[str, Grant] = {}
    ends: list[DiscountEnded] = []
    changes = standing(subscription.changes)
    facts = [one for one in changes if isinstance(one, DiscountGranted)]
    for fact in sorted(facts, key=lambda one: (one.effective_on, one.sequence)):
        grants[fact.grant.id] = fact.grant
    if not grants:
        return ()
    ends = [one for one in changes if isinstance(one, DiscountEnded)]
    for end in ends:
        if end.grant_id in grants:
            grants[end.grant_id] = grants[end.grant_id].ended(end.effective_on)
    return tuple(grants.values())


class Covered(NamedTuple):
    """A grant that covers a period; `number` counts its periods, from 0."""

    grant: Grant
    number: int


class Turn(NamedTuple):
    """A cycle on its days; its periods have the numbers of the cycle and `more`."""

    phase: Phase
    more: int

    def number_at(self, day: date) -> int:
        return self.phase.cycle.number_at(day) + self.more

    def begins(self, number: int) -> date:
        return max(self.phase.cycle.start(number - self.more), self.phase.days.start_on)

    def has(self, period: Period) -> bool:
        cycle = self.phase.cycle
        mine = cycle.period(cycle.number_at(period.start_on)) == period
        return mine and self.phase.days.common(period) is not None


class Covering:
    """
    Tells which grants cover a billing period of a subscription.

    Periods are counted from the first that begins on or after the grant's day, in turn over all
    cycles: one that is cut counts, and so does a stub. The first of all begins on the first day
    that is charged for, after a trial.
    """

    def __init__(self, subscription: Subscription, general: Iterable[Grant] = ()) -> None:
        """`general` are the grants of the customer, which hold for each subscription of his."""
        trial = subscription.trial
        self._paid_from = trial.ends_on if trial else subscription.start_on
        self._grants = tuple(
            one
            for one in (*general, *granted(subscription))
            if one.offer.discount.amount is None
            or one.offer.discount.amount.currency == subscription.currency
        )
        self._turns = _in_turn(subscription.phases()) if self._grants else ()
        self._firsts = {one.id: self._first(one) for one in self._grants}

    def __bool__(self) -> bool:
        return bool(self._grants)

    def of(
        self, component: str, product_id: str, period: Period, *, once: bool
    ) -> tuple[Covered, ...]:
        """Return the grants of a charge; one that comes `once` is covered by its day."""
        if not self._grants:
            return ()
        turn = self._turn_on(period.start_on) if once else self._turn_of(period)
        number = turn.number_at(period.start_on)
        begins_on = period.start_on if once else self._begins(turn, number)
        least = 0 if once else -1
        found = (
            Covered(one, max(number - self._firsts[one.id], least))
            for one in self._grants
            if one.from_on <= begins_on < one.until_on and one.offer.good_for(component, product_id)
        )
        return tuple(one for one in found if one.grant.offer.covers(one.number))

    def _begins(self, turn: Turn, number: int) -> date:
        return max(turn.begins(number), self._paid_from)

    def _first(self, grant: Grant) -> int:
        """Return the number of the first billing period that a grant covers."""
        day = max(grant.from_on, self._paid_from)
        turn = self._turn_on(day)
        number = turn.number_at(day)
        return number if self._begins(turn, number) >= grant.from_on else number + 1

    def _turn_on(self, day: date) -> Turn:
        return next(one for one in self._turns if day in one.phase.days)

    def _turn_of(self, period: Period) -> Turn:
        """Return the cycle of a billing period: two of them can have days in common."""
        if len(self._turns) == 1:
            return self._turns[0]
        mine = (one for one in self._turns if one.has(period))
        return next(mine, None) or self._turn_on(period.start_on)


def _in_turn(phases: Sequence[Phase]) -> tuple[Turn, ...]:
    """Count the periods of each cycle on from those of the cycle before it."""
    found = [Turn(phases[0], 0)]
    for phase in phases[1:]:
        before = found[-1].number_at(phase.days.start_on - ONE_DAY)
        found.append(Turn(phase, before + 1 - phase.cycle.number_at(phase.days.start_on)))
    return tuple(found)
