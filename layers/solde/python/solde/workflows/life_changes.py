"""Changes of a subscription as a whole: its end, pauses, its trial, and what is withdrawn."""

from dataclasses import replace
from datetime import date

from solde.domain.catalog import Credit
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    CycleChanged,
    Early,
    Paused,
    Resumed,
    Subscription,
    TrialConverted,
    Withdrawn,
    paused_on,
    standing,
)
from solde.domain.subscriptions.effect import Moment, When, effective_day
from solde.domain.trials import AfterTrial
from solde.workflows.change_subscription import Entering, Make


def cancel(when: When | None, credit: Credit | None = None) -> Make:
    """
    End service when it is said, else with the term of a contract, else with the period.

    Give back what is said, else what the plan of the last day says.
    """

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        ends = Moment.AT_TERM_END if subscription.contract else Moment.AT_PERIOD_END
        on = effective_day(when or ends, subscription, entering.today)
        _goes_on(subscription, on)
        policy = credit or entering.catalogs.plan(subscription.plan_on(on)).credit
        return Cancelled(on, entering.sequence, policy, _due_to(entering, on))

    return make


def _due_to(entering: Entering, on: date) -> date | None:
    """
    Return the end of the term up to which what recurs stays due; None where it is free.

    Before the first term begins, in a trial, nothing is agreed yet that could be left early.

    Raises:
        InvalidError: the contract holds longer.

    """
    contract = entering.subscription.contract
    if contract is None or on <= contract.start_on:
        return None
    end_on = contract.first_end(entering.today)
    if on >= end_on:
        return None
    match contract.early:
        case Early.ALLOWED:
            return None
        case Early.REMAINDER:
            return end_on
        case Early.REFUSED:
            raise InvalidError(
                f"effective_on: expected {end_on} or later, the end of the term, found {on}",
                pointer="/effective_on",
            )


def pause(when: When) -> Make:
    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        on = effective_day(when, subscription, entering.today)
        if paused_on(subscription, on) or on >= subscription.ends_on:
            raise InvalidError(
                f"effective_on: expected a day with service, found {on}", pointer="/effective_on"
            )
        return Paused(on, entering.sequence)

    return make


def resume(when: When) -> Make:
    def make(entering: Entering) -> Change:
        on = effective_day(when, entering.subscription, entering.today)
        if not paused_on(entering.subscription, on):
            raise InvalidError(
                f"effective_on: expected a day of a pause, found {on}", pointer="/effective_on"
            )
        return Resumed(on, entering.sequence)

    return make


def convert_trial(when: When) -> Make:
    def make(entering: Entering) -> Change:
        trial = entering.subscription.trial
        on = effective_day(when, entering.subscription, entering.today)
        if trial is None or trial.then is not AfterTrial.END or on > trial.ends_on:
            found = "none" if trial is None else f"{trial.then.value} on {trial.ends_on}"
            raise InvalidError(
                f"trial: expected one that would end on {on} or later, found {found}",
                pointer="/effective_on",
            )
        return TrialConverted(on, entering.sequence)

    return make


def change_anchor(anchor_on: date, when: When) -> Make:
    """Count periods from another day: the one that is cut short is charged by its days."""

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        on = effective_day(when, subscription, entering.today)
        before = subscription.phase_on(on).cycle
        cycle = replace(before, anchor_on=anchor_on)
        if cycle.period(cycle.number_at(on)) == subscription.period_on(on):
            raise InvalidError(
                f"anchor_on: expected a day on which no period begins yet, found {anchor_on}",
                pointer="/anchor_on",
            )
        return CycleChanged(on, entering.sequence, cycle)

    return make


def withdraw(sequence: int) -> Make:
    """Take a change back, scheduled or past: what was billed for it comes out as a correction."""

    def make(entering: Entering) -> Change:
        found = [one for one in standing(entering.subscription.changes) if one.sequence == sequence]
        if not found:
            raise StateConflictError(
                f"change: expected one that stands, found {sequence}", pointer="/number"
            )
        return Withdrawn(found[0].effective_on, entering.sequence, sequence)

    return make


def reactivate() -> Make:
    """Take the cancellation back, before the day on which service ends."""

    def make(entering: Entering) -> Change:
        subscription = entering.subscription
        ends = _cancellations(subscription)
        if not ends or subscription.ends_on <= entering.today:
            raise StateConflictError(
                f"cancellation: expected one that ends service after {entering.today}, found "
                f"{'none' if not ends else subscription.ends_on}"
            )
        return Withdrawn(ends[0].effective_on, entering.sequence, ends[0].sequence)

    return make


def _cancellations(subscription: Subscription) -> list[Cancelled]:
    return [one for one in standing(subscription.changes) if isinstance(one, Cancelled)]


def _goes_on(subscription: Subscription, on: date) -> None:
    """
    Refuse to end what has an end already: one cancellation at a time.

    Raises:
        StateConflictError: it is cancelled already.
        InvalidError: it ends by itself before.

    """
    for one in _cancellations(subscription):
        raise StateConflictError(
            f"cancellation: expected none yet, found change {one.sequence} on {one.effective_on}: "
            "withdraw it first"
        )
    if on > subscription.ends_on:
        raise InvalidError(
            f"effective_on: expected {subscription.ends_on} or earlier, found {on}",
            pointer="/effective_on",
        )
