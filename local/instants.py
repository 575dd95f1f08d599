"""Instants as they are typed on a command line."""

from datetime import UTC, date, datetime

from local.errors import LocalCloudError
from local.schedules import DAY_END


class InstantError(LocalCloudError):
    """What was typed is neither a date nor an instant."""


def instant(text: str) -> datetime:
    """
    Read `2027-01-31` as the last second of that day, `2027-01-31T09:00` as it stands, in UTC.

    Raises:
        InstantError: it is neither.

    """
    try:
        if len(text) == len("2027-01-31"):
            return datetime.combine(date.fromisoformat(text), DAY_END, UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InstantError(f"expected a date or an instant, found {text!r}") from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
