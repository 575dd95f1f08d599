"""Publish: the register records go to S3 before anything is issued."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.publish import publish_register


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = publish_register(event["run_id"], context())
    tell("register published", run=run.id, **consumed())
    return {"status": run.status.value}
