"""Select: the customers due, as chunks for the map."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.select import select_due


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = select_due(event["run_id"], context())
    tell("customers selected", run=run.id, due=run.due, batches=run.batches, **consumed())
    return {"status": run.status.value}
