"""Repair: each day attempts that were left open are looked up at their providers."""

from typing import Any

from solde.runtime.collect import collect_context
from solde.runtime.messages import as_of
from solde.runtime.observe import alarm, tell
from solde.workflows.collect_payment import repair_attempts


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    found = repair_attempts(as_of(event), collect_context())
    if found.failed:
        alarm("attempts not looked up", failed=found.failed)
    counts = {"ended": found.ended, "open": found.open, "failed": found.failed}
    tell("attempts looked up", **counts)
    return counts
