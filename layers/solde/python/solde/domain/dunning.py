"""When an unpaid invoice is chased: reminders by days after the due date, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from solde.domain.errors import InvalidError


@dataclass(frozen=True, slots=True)
class DunningPolicy:
    """`after_days` counts from the due date, one entry per reminder, rising."""

    after_days: tuple[int, ...] = (3, 14)

    @property
    def reminders_max(self) -> int:
        return len(self.after_days)


STANDARD = DunningPolicy()


def first_action_on(due_on: date, policy: DunningPolicy = STANDARD) -> date:
    return due_on + timedelta(days=policy.after_days[0])


def next_action_on(
    due_on: date, *, reminders: int, policy: DunningPolicy = STANDARD
) -> date | None:
    """Return the day on which the next reminder is due when `reminders` were sent, or None."""
    if reminders >= len(policy.after_days):
        return None
    return due_on + timedelta(days=policy.after_days[reminders])


QUESTION, PROMISE = "question", "promise"
PROMISE_MOST = timedelta(days=30)
"""How far ahead of today a promised day may lie."""
TEXT_MAX = 1_000
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a customer says of a document that is not paid: a question, or by when he pays."""

    id: str
    customer_id: str
    invoice_id: str
    kind: str
    at: datetime
    text: str = ""
    pays_on: date | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.closed_at is None


def waits(notices: Iterable[Notice], today: date) -> bool:
    """Tell whether nobody is reminded: a question has no answer, or a promise is not broken yet."""
    return any(one.open and (one.pays_on is None or today <= one.pays_on) for one in notices)


def promised(on: date, today: date) -> date:
    """
    Return the day by which somebody promises to pay.

    Raises:
        InvalidError: it is past, or too far ahead.

    """
    if not today <= on <= today + PROMISE_MOST:
        raise InvalidError(
            f"pays_on: expected {today} to {today + PROMISE_MOST}, found {on}", pointer="/pays_on"
        )
    return on
