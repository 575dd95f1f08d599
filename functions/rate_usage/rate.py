"""Rate: the daily execution over everything that came since the last."""

from datetime import UTC, datetime
from typing import Any

from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.runtime.usage import rating_context
from solde.workflows.rate_usage.rate import rate_usage


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    rated = rate_usage(as_of(event), began_at=datetime.now(UTC), context=rating_context())
    tell("usage rated", number=rated.number, **rated.totals)
    return {"number": rated.number, "totals": dict(rated.totals)}
