"""What is looked at, and what amounts follow from besides the timeline."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from solde.domain.catalog import Catalog
from solde.domain.discounts import Grant, Order
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.subscriptions import Subscription
from solde.domain.tax import Regime
from solde.domain.values import light


class Measure(Protocol):
    """(subscription, meter, days) → the quantity, how many events, digest of what was measured."""

    def __call__(
        self, subscription: Subscription, meter: str, days: Period, whole: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        """
        Measure the first days of a count.

        `whole` are all days of the count, where the days are not all: what is weighed by time is
        weighed by the time of the whole.
        """
        ...


@light
@dataclass(frozen=True, slots=True)
class Window:
    """
    Which charges are looked at.

    `after` is the watermark: charges due up to that day are billed. `dirty_from` reopens the
    billing periods that end after it. Charges due after `target_on` wait.
    """

    after: date
    target_on: date
    dirty_from: date | None = None

    def takes(self, due_on: date, period: Period) -> bool:
        if due_on > self.target_on:
            return False
        return due_on > self.after or self.reopens(period)

    def reopens(self, period: Period) -> bool:
        return self.dirty_from is not None and period.end_on > self.dirty_from

    @property
    def first_on(self) -> date:
        """The earliest day on which a period that matters can end."""
        return min(self.after, self.dirty_from or self.after)


@light
@dataclass(frozen=True, slots=True)
class Terms:
    """What the amounts follow from besides the timeline."""

    catalog: Catalog
    regime: Regime
    measure: Measure
    grants: tuple[Grant, ...] = ()
    """The discounts of the customer, which hold for each of his subscriptions."""
    held: tuple[Subscription, ...] = ()
    """All that the customer has, for bundles; none is the one that is looked at."""
    order: Order = Order.PERCENT_FIRST
    """How discounts come together."""
