"""Close: proved complete, or an error that the machine repeats."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.close import close_run


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = close_run(event["run_id"], context())
    tell("bill run closed", run=run.id, **run.counts, **consumed())
    return {"status": run.status.value}
