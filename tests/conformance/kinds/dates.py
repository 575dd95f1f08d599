"""Reading dates, intervals and half-open periods of vectors."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from solde.domain.periods import Period, Unit
from tests.conformance.asked import Asked

ONE_DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    return None if text is None else day(text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def unit(asked: Asked) -> tuple[Unit, int]:
    return Unit(asked["interval"]["unit"]), int(asked["interval"]["count"])


def half_open(said: Mapping[str, Any], *, inclusive: bool) -> Period:
    """Read from and to; an inclusive end is a day earlier than ours."""
    return Period(day(said["from"]), day(said["to"]) + (ONE_DAY if inclusive else timedelta(0)))


def inclusive(asked: Asked) -> bool:
    ends = {"inclusive": True, "exclusive": False}
    nested = asked.convention.choose("proration.period_end", ends, default=False)
    return asked.convention.choose("period_end", ends, default=nested)
