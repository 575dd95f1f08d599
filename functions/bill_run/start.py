"""Start: the daily schedule says "look"; what is due comes from the data."""

from typing import Any

from solde.runtime.bill_run import context
from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.workflows.bill_run.start import start_due_runs


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    started = start_due_runs(as_of(event), context())
    for run in started:
        tell("bill run started", run=run.id, entity=run.entity, target_on=run.target_on)
    return {"runs": [run.id for run in started]}
