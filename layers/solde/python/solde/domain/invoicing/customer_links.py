"""Links to all that a customer has to see: each with its last day, and taken back at any time."""

from dataclasses import dataclass
from datetime import date, timedelta

from solde.domain.errors import InvalidError

DAYS_MOST = 400
"""How long such a link may open at most, by the days of the trade."""


@dataclass(frozen=True, slots=True)
class CustomerLink:
    """`label` says for whom it was made, in the seller's words."""

    id: str
    customer_id: str
    made_on: date
    expires_on: date
    label: str = ""
    revoked: bool = False

    def opens(self, today: date) -> bool:
        return not self.revoked and today <= self.expires_on


def last_day(today: date, days: int) -> date:
    """
    Return until when a link opens that is made today.

    Raises:
        InvalidError: for too short or too long.

    """
    if not 1 <= days <= DAYS_MOST:
        raise InvalidError(f"days: expected 1 to {DAYS_MOST}, found {days}", pointer="/days")
    return today + timedelta(days=days)
