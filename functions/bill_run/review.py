"""Review: the plan as a whole, with the digest that is signed."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.review import review_plan


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = review_plan(event["run_id"], context())
    tell("bill run planned", run=run.id, status=run.status.value, **run.counts, **consumed())
    return {"status": run.status.value, "dry": run.dry}
