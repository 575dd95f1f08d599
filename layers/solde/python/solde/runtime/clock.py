"""Business time for those who have no message that carries it; wall time for security windows."""

import time
from datetime import UTC, datetime

from solde.runtime.settings import settings
from solde.runtime.wiring import table
from solde.storage import keys

FRESH_SECONDS = 1
_seen: tuple[float, datetime] | None = None


def business_now() -> datetime:
    """
    Return the business instant: the wall clock in the live stage, the test clock in others.

    A stage that is not live keeps its clock in the table, where `solde clock advance` moves it;
    before it was first moved, it runs with the wall clock.
    """
    global _seen  # noqa: PLW0603 - one clock a process, asked once a second at most
    if settings.live:
        return datetime.now(UTC)
    if _seen is None or time.monotonic() - _seen[0] > FRESH_SECONDS:
        item = table().get(keys.clock())
        now = datetime.fromisoformat(item["now"]) if item else datetime.now(UTC)
        _seen = (time.monotonic(), now)
    return _seen[1]


def wall_seconds() -> int:
    return int(time.time())
