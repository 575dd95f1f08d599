"""Issue: one batch of a sealed run."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.clock import business_now
from solde.runtime.consumed import consumed
from solde.runtime.observe import alarm, tell
from solde.workflows.bill_run.issue import issue_batch


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    outcome = issue_batch(
        event["run_id"], event["batch"], event["ranks"], at=business_now(), context=context()
    )
    tell(
        "batch issued",
        run=event["run_id"],
        batch=event["batch"],
        customers=len(outcome.issued),
        **consumed(),
    )
    for customer_id in outcome.orphaned:
        alarm("issued without reservation", run=event["run_id"], customer=customer_id)
    return {"batch": event["batch"]}
