"""What a customer says of a document that is not paid, and what it stops."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from solde.domain.errors import InvalidError

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


def promised_until(notices: Iterable[Notice]) -> date | None:
    """Return the day of the latest promise that counts, None without one."""
    days = [one.pays_on for one in notices if one.open and one.pays_on]
    return max(days, default=None)


def is_questioned(notices: Iterable[Notice]) -> bool:
    """Say whether a question has no answer yet."""
    return any(one.open and one.pays_on is None for one in notices)


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
