"""Sweep: runs left half done are finished, announcements left lying are published."""

from typing import Any

from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.workflows.announce import sweep_outbox
from solde.workflows.bill_run.sweep import sweep_runs


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    at = as_of(event)
    runs = sweep_runs(at, context())
    announced = sweep_outbox(at, outbox=wiring.outbox(), bus=wiring.bus())
    tell("swept", runs=len(runs), announced=announced)
    return {"runs": len(runs), "announced": announced}
