"""Sweep: what was left half done is finished, by the run's status and never by age alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from solde.domain.errors import StateConflictError
from solde.ports.runs import Run, RunStatus
from solde.workflows.bill_run import files
from solde.workflows.bill_run.approve import wake
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.close import close_run
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.issue import issue_batch
from solde.workflows.bill_run.publish import publish_register
from solde.workflows.bill_run.release import settle
from solde.workflows.bill_run.replan import plan_again

EXPIRES_AFTER = timedelta(days=10)
RESTS_FOR = timedelta(minutes=15)
"""A run younger than this is left to its execution."""


def sweep_runs(at: datetime, context: BillRunContext) -> list[Run]:
    """Look at every run that is not over, and at those over that may hold reservations."""
    return [_sweep(run_id, at, context) for run_id in context.runs.unfinished()]


def _sweep(run_id: str, at: datetime, context: BillRunContext) -> Run:
    run = context.runs.run(run_id)
    if run.status.terminal:
        if run.refused:
            plan_again(run, at, context)
        settle(run, at, context)
        return run
    age = at - run.opened_at
    if run.status is RunStatus.SEALED:
        return resume_sealed(run_id, at, context) if age > RESTS_FOR else run
    if age > EXPIRES_AFTER:
        try:
            return cancel_run(run_id, at, context)
        except StateConflictError:
            return context.runs.run(run_id)  # it was sealed while we looked: the next sweep resumes
    if run.status is RunStatus.APPROVED:
        wake(run_id, context)
    return run


def resume_sealed(run_id: str, at: datetime, context: BillRunContext) -> Run:
    """Roll a sealed run forward: its numbers are taken, so its documents must exist."""
    publish_register(run_id, context)
    rows: list[Mapping[str, Any]] = files.read(context.objects, files.batches_key(run_id))
    for row in rows:
        issue_batch(run_id, row["batch"], row["ranks"], at=at, context=context)
    run = close_run(run_id, context)
    settle(run, at, context)
    return run
