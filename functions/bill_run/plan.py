"""Plan: one chunk of customers."""

from typing import Any

from solde.runtime.bill_run import planning
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.plan import plan_chunk


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    record = plan_chunk(event["run_id"], event["batch"], event["customers"], planning())
    if record is None:
        return {}
    tell(
        "batch planned",
        run=record.run_id,
        batch=record.number,
        parked=len(record.parked),
        **consumed(),
    )
    return {"batch": record.number}
