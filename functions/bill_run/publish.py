"""Publish: the register records go to S3 before anything is issued."""

from typing import Any

from solde.runtime.bill_run import context
from solde.workflows.bill_run.publish import publish_register


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return {"status": publish_register(event["run_id"], context()).status.value}
