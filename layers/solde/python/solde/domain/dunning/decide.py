"""What is done about an overdue invoice on a day: one step, or none and the reason."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from solde.domain.business_days import Calendar
from solde.domain.dunning.policy import FIRST_DAY, Channel, Level, Policy
from solde.domain.holidays import HOLIDAYS, WEEKENDS, calendar

ONE_DAY = timedelta(days=1)
PLAIN = Calendar(lambda _day: False, weekend=())
"""Every day is one: of the standard policy, which knows nobody's habits."""


class Act(Enum):
    """STEP takes the next level, WAIT does nothing yet, END never again by this policy."""

    STEP = "step"
    WAIT = "wait"
    END = "end"


class Reason(Enum):
    """Why a step is taken or is not; each has a word for people in the reference."""

    DUE = "due"
    NOT_YET = "not_yet"
    CLOSED_DAY = "closed_day"
    QUIET_HOURS = "quiet_hours"
    PAID = "paid"
    COLLECTION_HELD = "collection_held"
    PROMISED = "promised"
    DISPUTED = "disputed"
    NO_ADDRESS = "no_address"
    ALL_DONE = "all_done"


@dataclass(frozen=True, slots=True)
class Case:
    """
    An overdue invoice, and all that a decision looks at.

    `done` counts the levels that were taken, `last_on` is the day of the last; `country` is the
    customer's, whose days off are kept beside the seller's.
    """

    due_on: date
    open_minor: int
    done: int = 0
    last_on: date | None = None
    country: str = ""
    held_until: date | None = None
    promised_until: date | None = None
    disputed: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """`on` is the day from which the next step can be taken, None where there is none."""

    act: Act
    reason: Reason
    level: Level | None = None
    number: int = 0
    on: date | None = None


def first_action_on(due_on: date) -> date:
    """Return the day on which an invoice that is still open is looked at for the first time."""
    return due_on + timedelta(days=FIRST_DAY)


def decide(case: Case, policy: Policy, at: datetime) -> Decision:
    """Return what is done at an instant of the customer's clock."""
    if case.open_minor <= 0:
        return Decision(Act.END, Reason.PAID)
    if case.done >= len(policy.levels):
        return Decision(Act.END, Reason.ALL_DONE)
    level, today = policy.levels[case.done], at.date()
    on = _day_of(case, policy)
    for reason in _stops(case, policy, level, at, on):
        return Decision(Act.WAIT, reason, level, case.done + 1, max(on, today))
    return Decision(Act.STEP, Reason.DUE, level, case.done + 1, on)


def next_look_on(case: Case, policy: Policy, taken_on: date) -> date | None:
    """Return the day of the level after the one that was taken on a day; None after the last."""
    done = case.done + 1
    if done >= len(policy.levels):
        return None
    after = Case(case.due_on, case.open_minor, done, taken_on, case.country)
    return _day_of(after, policy)


def _stops(case: Case, policy: Policy, level: Level, at: datetime, on: date) -> list[Reason]:
    """Return why nothing is done now, what weighs most first."""
    today = at.date()
    writes = level.channel is not Channel.TASK
    found = {
        Reason.DISPUTED: case.disputed,
        Reason.PROMISED: case.promised_until is not None and today <= case.promised_until,
        Reason.COLLECTION_HELD: case.held_until is not None and today < case.held_until,
        Reason.NOT_YET: today < on,
        Reason.CLOSED_DAY: not _works_on(case, policy, today),
        Reason.NO_ADDRESS: level.channel is Channel.MAIL and not case.reachable,
        Reason.QUIET_HOURS: writes and policy.quiet is not None and policy.quiet.holds(at.hour),
    }
    return [reason for reason, stops in found.items() if stops]


def _day_of(case: Case, policy: Policy) -> date:
    """
    Return the first business day of both sides on which the next level can be taken.

    A level that came late keeps its distance to the one before it.
    """
    level = policy.levels[case.done]
    day = case.due_on + timedelta(days=level.after_days)
    if case.done and case.last_on:
        before = policy.levels[case.done - 1]
        day = max(day, case.last_on + timedelta(days=level.after_days - before.after_days))
    while not _works_on(case, policy, day):
        day += ONE_DAY
    return day


def _works_on(case: Case, policy: Policy, day: date) -> bool:
    return all(one.works_on(day) for one in _calendars(case, policy))


def _calendars(case: Case, policy: Policy) -> tuple[Calendar, ...]:
    if not policy.entity:
        return (PLAIN,)
    own = case.country if case.country in HOLIDAYS else WEEKENDS
    return calendar(policy.calendar), calendar(own)
