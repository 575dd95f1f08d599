"""The discounts of a subscription, and which of its billing periods each of them covers."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from solde.domain.discounts import Grant
from solde.domain.periods import Period
from solde.domain.subscriptions.changes import DiscountEnded, DiscountGranted, standing
from solde.domain.subscriptions.subscription import Subscription


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


class Covering:
    """
    Tells which grants cover a billing period of a subscription.

    Periods are counted from the first that begins on or after the grant's day; the first of all
    begins on the first day that is charged for, after a trial.
    """

    def __init__(self, subscription: Subscription, general: Iterable[Grant] = ()) -> None:
        """`general` are the grants of the customer, which hold for each subscription of his."""
        self._cycle = subscription.cycle
        trial = subscription.trial
        self._paid_from = trial.ends_on if trial else subscription.start_on
        self._grants = tuple(
            one
            for one in (*general, *granted(subscription))
            if one.offer.discount.amount is None
            or one.offer.discount.amount.currency == subscription.currency
        )
        self._firsts = {one.id: self._first(one) for one in self._grants}

    def __bool__(self) -> bool:
        return bool(self._grants)

    def of(
        self, component: str, product_id: str, period: Period, *, once: bool
    ) -> tuple[Covered, ...]:
        """Return the grants of a charge; one that comes `once` is covered by its day."""
        number = self._cycle.number_at(period.start_on)
        begins_on = period.start_on if once else self._begins(number)
        least = 0 if once else -1
        found = (
            Covered(one, max(number - self._firsts[one.id], least))
            for one in self._grants
            if one.from_on <= begins_on < one.until_on and one.offer.good_for(component, product_id)
        )
        return tuple(one for one in found if one.grant.offer.covers(one.number))

    def _begins(self, number: int) -> date:
        return max(self._cycle.start(number), self._paid_from)

    def _first(self, grant: Grant) -> int:
        """Return the number of the first billing period that a grant covers."""
        number = self._cycle.number_at(max(grant.from_on, self._paid_from))
        return number if self._begins(number) >= grant.from_on else number + 1
