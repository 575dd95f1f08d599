"""Bill runs: start, dry run, read, approve, cancel."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.bill_runs.models import Approval, NewRun, shown
from solde.domain.periods import day_of
from solde.ports.runs import Run, RunStatus
from solde.runtime.bill_run import context
from solde.runtime.clock import business_now
from solde.runtime.fields import listed
from solde.runtime.filters import identity, older_than, one_of
from solde.runtime.http import api, caller
from solde.runtime.paging import Asked, indexed_at, page
from solde.runtime.settings import settings
from solde.storage.run_items import LISTED_RUNS
from solde.workflows.bill_run.approve import approve_plan
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run

app = api("bill-runs", keyed=("/bill-runs", "/approve"))


@app.post("/v1/bill-runs", status_code=202, summary="Start a bill run, or plan one as a dry run")
def start(body: NewRun) -> dict[str, Any]:
    at = business_now()
    entity = context().entities.entity(body.entity)
    target_on = body.target_on or day_of(at, entity.time_zone)
    wanted = Wanted(entity.code, target_on, at, further=body.further, dry=body.dry_run)
    run = open_run(wanted, context())
    context().engine.start(run.id)
    return _shown(run)


@app.get("/v1/bill-runs", summary="List bill runs, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query()] = 20,
    status: Annotated[list[str] | None, Query()] = None,
    since: Annotated[str | None, Query(alias="created_at[gte]")] = None,
) -> dict[str, Any]:
    """With a filter a page may be short, or empty, and have more."""
    wanted = one_of("status", status, [one.value for one in RunStatus])
    asked = Asked(cursor, limit, lambda row: row["status"] in wanted, older_than(since))
    rows, following = page(indexed_at(LISTED_RUNS), asked)
    runs = [context().runs.run(identity(row)) for row in rows]
    return listed([_shown(run) for run in runs], next_cursor=following)


@app.get("/v1/bill-runs/<run_id>", summary="Read a bill run with its parked customers")
def read(run_id: str) -> dict[str, Any]:
    run = context().runs.run(run_id)
    batches = list(context().runs.batches(run_id))
    return shown(run, livemode=settings.live, batches=batches)


@app.post("/v1/bill-runs/<run_id>/approve", summary="Sign the plan that was shown")
def approve(run_id: str, body: Approval) -> dict[str, Any]:
    by = caller(app).name
    return _shown(approve_plan(run_id, plan_digest=body.plan_digest, by=by, context=context()))


@app.post("/v1/bill-runs/<run_id>/cancel", summary="Cancel a run that is not sealed")
def cancel(run_id: str) -> dict[str, Any]:
    return _shown(cancel_run(run_id, business_now(), context()))


def _shown(run: Run) -> dict[str, Any]:
    return shown(run, livemode=settings.live)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
