"""Await approval: keep the token by which the machine goes on once somebody has signed."""

from typing import Any

from solde.runtime.bill_run import context
from solde.workflows.bill_run.approve import await_approval


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = await_approval(event["run_id"], event["task_token"], context())
    return {"status": run.status.value}
