"""Dunning: policies in versions, what they decide on a day and why, and tasks for a person."""

from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.dunning.models import NewPolicy, decided_shown, policy_shown, task_shown
from solde.domain.dunning import Policy
from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.domain.periods import day_of
from solde.ports.dunning import Candidate, Task
from solde.ports.records import Record, first
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.documents import letter_paper
from solde.runtime.downloads import made_now
from solde.runtime.fields import day_from, listed
from solde.runtime.http import api, raw
from solde.runtime.paging import Asked, indexed, page, slice_of
from solde.runtime.reach import contacts
from solde.runtime.settings import settings
from solde.storage.dunning import task_from_item
from solde.storage.dunning_policies import KIND, PolicyTable
from solde.storage.find import find_invoice
from solde.storage.named import codes_of
from solde.storage.table import Key
from solde.workflows.chase_overdue import Deciding, decided, select_overdue
from solde.workflows.define_dunning_policy import define_dunning_policy

LOOKED_AT = time(10)
"""The hour of the seller's day at which decisions of another day are told: no quiet one."""
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("dunning")


@app.post("/v1/dunning-policies", status_code=201, summary="Create the next version of a policy")
def create(body: NewPolicy) -> dict[str, Any]:
    """Cases that have begun keep the version that they began with."""
    now, policy = business_now(), body.policy()
    today = day_of(now, wiring.entities().entity(policy.entity).time_zone)
    define_dunning_policy(policy, _table(), first(now, body.metadata), today=today)
    return _shown(*_latest(policy.id))


@app.get("/v1/dunning-policies", summary="List policies of dunning")
def every(cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    names, following = slice_of(codes_of(wiring.table(), KIND), cursor=cursor, limit=limit)
    return listed([_shown(*_latest(one)) for one in names], next_cursor=following)


@app.get("/v1/dunning-policies/<policy>", summary="Read a policy in its latest version")
def read(policy: str) -> dict[str, Any]:
    return _shown(*_latest(policy))


@app.get("/v1/dunning-decisions", summary="Tell who would be asked on a day, and why not")
def decisions(
    entity: Annotated[str, Query()],
    on: Annotated[str | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Decide by the very code that chases, about all that is looked at until that day."""
    seller = wiring.entities().entity(entity)
    at = _instant(on, ZoneInfo(seller.time_zone))
    context = Deciding(wiring.dunning(), contacts(), _table())
    due = select_overdue(entity, at.date(), wiring.dunning())
    found = [one for one in due if not one.restricted]
    by_id = {one.invoice_id: one for one in found}
    names, following = slice_of(sorted(by_id), cursor=cursor, limit=limit)
    rows = [decided(by_id[one], seller, at, context) for one in names]
    shown = [decided_shown(one, livemode=settings.live) for one in rows if one]
    return listed(shown, next_cursor=following)


@app.get("/v1/dunning-tasks", summary="List what a person has to see to, newest first")
def tasks(cursor: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    rows, following = page(indexed("task"), Asked(cursor, limit))
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    found = [task_from_item(items[key]) for key in wanted if key in items]
    return listed([_task(one) for one in found if one], next_cursor=following)


@app.post("/v1/dunning-tasks/<task>/done", summary="Tell that a task was seen to")
def done(task: str) -> dict[str, Any]:
    found = _found(task)
    if not wiring.dunning().done(found):
        raise StateConflictError("task: expected one that nobody else has ended meanwhile")
    return _task(found)


@app.get("/v1/dunning-tasks/<task>/letter", summary="Download the letter that is to be posted")
@raw
def letter(task: str) -> Response[bytes | str]:
    """Set it now: it asks for what is open now, under the day of its level."""
    found = _found(task)
    header = find_invoice(wiring.table(), found.invoice_id)
    if header is None or not header.open_minor:
        raise StateConflictError("letter: expected an invoice of which something is open")
    kept = wiring.dunning().overdue(Candidate(found.customer_id, found.invoice_id))
    level = _level(kept.kept.policy if kept else "", kept.kept.version if kept else 0, found)
    body = letter_paper(header, tone=level, on=found.since)
    return made_now(body, "pdf", f"{header.number}-{found.number}")


def _level(identity: str, version: int, task: Task) -> int:
    return _table().version(identity, version).levels[task.number - 1].tone


def _instant(on: str | None, zone: ZoneInfo) -> datetime:
    if on is None:
        return business_now().astimezone(zone)
    try:
        return datetime.combine(day_from(on), LOOKED_AT, zone)
    except ValueError as wrong:
        raise InvalidError(f"on: {wrong}, found {on!r}", pointer="/on") from wrong


def _found(identity: str) -> Task:
    header = find_invoice(wiring.table(), identity)
    found = wiring.dunning().task(header.customer_id, header.id) if header else None
    if found is None:
        raise NotFoundError(f"task: {no_id('inv', identity)}")
    return found


def _task(task: Task) -> dict[str, Any]:
    overdue = wiring.dunning().overdue(Candidate(task.customer_id, task.invoice_id))
    return task_shown(task, overdue, livemode=settings.live)


def _latest(identity: str) -> tuple[Policy, Record]:
    found = _table().latest(identity)
    if found is None:
        raise NotFoundError(f"dunning policy: expected one that was made, found {identity[:100]!r}")
    return found


def _shown(policy: Policy, record: Record) -> dict[str, Any]:
    return policy_shown(policy, record, livemode=settings.live)


def _table() -> PolicyTable:
    return PolicyTable(wiring.table())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
