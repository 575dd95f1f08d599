"""Seal: the numbers are taken, dated the business day on which this happens."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.clock import business_now
from solde.runtime.consumed import consumed
from solde.runtime.observe import tell
from solde.workflows.bill_run.seal import seal_run


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    run = seal_run(event["run_id"], business_now(), context())
    tell("bill run sealed", run=run.id, status=run.status.value, **consumed())
    return {"status": run.status.value}
