"""From which day a change counts: at once, at the end of the period, or on a day that is said."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from fractions import Fraction

from solde.domain.catalog import Catalog, ChargeKind, Plan
from solde.domain.errors import InvalidError
from solde.domain.periods import Unit
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.subscriptions.changes import Item
from solde.domain.subscriptions.subscription import Subscription

A_YEAR = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: 12, Unit.MONTH_LAST_DAY: 12, Unit.YEAR: 1}
"""Units in a year, as list prices are compared (R4)."""
RECURRING = (ChargeKind.ADVANCE, ChargeKind.ARREARS)


class Moment(Enum):
    AT_ONCE = "at_once"
    AT_PERIOD_END = "at_period_end"
    AT_TERM_END = "at_term_end"


When = date | Moment


def effective_day(when: When, subscription: Subscription, today: date) -> date:
    """
    Return the day of a change: what is said, today, or the first day of the next period.

    A trial is a period of its own. Nothing counts before the subscription starts.

    Raises:
        InvalidError: the end of a term, and there is no contract.

    """
    if not isinstance(when, Moment):
        return when
    on = max(today, subscription.start_on)
    if when is Moment.AT_ONCE:
        return on
    if when is Moment.AT_TERM_END:
        return _term_end(subscription, today)
    trial = subscription.trial
    if trial and on < trial.ends_on:
        return trial.ends_on
    return min(subscription.period_on(on).end_on, subscription.phase_on(on).days.end_on)


def _term_end(subscription: Subscription, today: date) -> date:
    if subscription.contract is None:
        raise InvalidError(
            "effective_on: expected a day, or a subscription with a contract, found at_term_end",
            pointer="/effective_on",
        )
    return subscription.contract.first_end(today)


def by_amount(before: Fraction, after: Fraction) -> Moment:
    """Let what is more, or equal, count at once, and what is less at the end of the period."""
    return Moment.AT_PERIOD_END if after < before else Moment.AT_ONCE


def by_plan(before: Plan, after: Plan, *, yearly: tuple[Fraction, Fraction]) -> Moment:
    """Let an upgrade count at once: which one it is say the plans, else what a year costs (R4)."""
    if before.id in after.above or after.id in before.below:
        return Moment.AT_ONCE
    if before.id in after.below or after.id in before.above:
        return Moment.AT_PERIOD_END
    return by_amount(*yearly)


def yearly(
    items: Iterable[Item], catalog: Catalog, cycle: tuple[Unit, int], currency: str
) -> Fraction:
    """
    Return what items cost in a year by their list prices, in major units; usage is left out.

    A price with a ramp counts as it begins.
    """
    unit, count = cycle
    found = Fraction(0)
    for item in items:
        price = catalog.price(item.price_id).of(currency)
        if price.kind in RECURRING:
            cost = exact_amount(price.model, Quantity(item.quantity))
            if price.priced_in:
                cost *= Fraction(catalog.unit(price.priced_in).values_in(currency)[-1].amount)
            found += cost
    return found * Fraction(A_YEAR[unit], count)
