"""Sweep: runs left half done are finished, announcements and deliveries left lying are told."""

from datetime import datetime
from typing import Any

from solde.runtime import wiring
from solde.runtime.bill_run import context
from solde.runtime.endpoints import wake
from solde.runtime.messages import as_of
from solde.runtime.observe import measure, tell
from solde.runtime.payments import deliveries
from solde.workflows.announce import HOURLY_MINUTES, sweep_deliveries, sweep_outbox
from solde.workflows.bill_run.lateness import lateness, stuck
from solde.workflows.bill_run.publish import publish_last
from solde.workflows.bill_run.sweep import sweep_runs


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    at = as_of(event)
    runs = sweep_runs(at, context())
    announced = sweep_outbox(at, outbox=wiring.outbox(), bus=wiring.bus())
    tell("swept", runs=len(runs), announced=announced, endpoints=wake(at))
    measure(RunsStuck=stuck(runs, at), AnnouncementsStale=announced)
    if at.minute < HOURLY_MINUTES:
        publish_last(at, context())
        again = sweep_deliveries(at, deliveries=deliveries(), bus=wiring.bus())
        tell("deliveries told again", deliveries=again)
        _look_after_runs(at)
    return {"runs": len(runs), "announced": announced}


def _look_after_runs(at: datetime) -> None:
    """Say once an hour how late runs are: the alarm sounds as well when nobody says."""
    found = lateness(at, context())
    for entity in found.late:
        tell("run late", entity=entity)
    measure(RunsLate=len(found.late), CustomersParked=found.parked)
