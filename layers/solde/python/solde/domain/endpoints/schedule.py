"""When a call is made again: ten attempts over 75 hours, as Standard Webhooks advises."""

import hashlib
from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=one) for one in (5, 5, 30, 120, 300, 600, 840, 1200, 1440))
"""After each failed attempt but the last: 5 and 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours."""
ATTEMPTS = len(WAITS) + 1
SPREAD = 10
"""Percent of a wait that it may be longer: calls that failed together do not come together."""
DISABLED_AFTER = timedelta(days=5)
"""An endpoint that has failed for so long is not called any more until somebody says so."""


def next_call_at(identity: str, attempts: int, at: datetime) -> datetime | None:
    """
    Return when a message is sent again of which so many attempts have failed; None: never.

    The id spreads it, so that a repeat says the same.
    """
    if attempts >= ATTEMPTS:
        return None
    wait = WAITS[attempts - 1]
    chance = hashlib.sha256(f"{identity}#{attempts}".encode()).digest()[0] % (SPREAD + 1)
    return at + wait + wait * chance // 100
