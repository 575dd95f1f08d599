"""The books: close a month, its trial balance and its journal; entries by hand."""

import json
from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Header as HeaderParam
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.books.models import (
    NewClose,
    NewJournalEntry,
    close_shown,
    entry_shown,
    month_of,
)
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import derived_id
from solde.ports.books import Close, CloseStatus, EntryByHand
from solde.runtime import wiring
from solde.runtime.books import books_context
from solde.runtime.by_hand import ALWAYS
from solde.runtime.clock import business_now
from solde.runtime.http import api, caller
from solde.runtime.paging import short_list
from solde.runtime.settings import settings
from solde.workflows.close_books import ask_close, journal_key

Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("books", keyed=("/journal-entries",))


@app.post("/v1/closes", status_code=202, summary="Close a month of an entity's books")
def close(body: NewClose) -> dict[str, Any]:
    """Release what is earned, accrue what is not billed, strike the balance; then it is shut."""
    month, by = month_of(body.month), caller(app).name
    asked = ask_close(body.entity, month, at=business_now(), by=by, context=books_context())
    return close_shown(asked, livemode=settings.live)


@app.get("/v1/closes", summary="List the months of an entity that are closed, or being closed")
def closes(
    entity: Annotated[str, Query()], cursor: Cursor = None, limit: Limit = 20
) -> dict[str, Any]:
    found = {one.name: one for one in wiring.books().closes(entity)}
    show = partial(close_shown, livemode=settings.live)
    return short_list(found, show, cursor=cursor, limit=limit)


@app.get("/v1/closes/<entity>/<month>", summary="Read a closed month with its trial balance")
def read(entity: str, month: str) -> dict[str, Any]:
    return close_shown(_close(entity, month), livemode=settings.live)


@app.get("/v1/closes/<entity>/<month>/journal", summary="List the entries of a closed month")
def journal(entity: str, month: str, cursor: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    """In order of day and fact; each names the SHA-256 of the one before it."""
    closed = _close(entity, month)
    if closed.status is not CloseStatus.CLOSED:
        raise StateConflictError(f"month: expected one that is closed, found {closed.status.value}")
    text = wiring.archive().get(journal_key(closed)) or b""
    found = {f"{number:09d}": line for number, line in enumerate(text.splitlines(), 1)}
    return short_list(found, json.loads, cursor=cursor, limit=limit)


@app.post("/v1/journal-entries", status_code=201, summary="Enter what no other fact books")
def enter(
    body: NewJournalEntry, key: Annotated[str, HeaderParam(alias="Idempotency-Key")] = ""
) -> dict[str, Any]:
    wiring.entities().entity(body.entity)
    who = caller(app)
    identity = derived_id("jrn", who.key_id, key, at=ALWAYS)
    one = EntryByHand(identity, body.entity, body.on, body.text, who.name, body.entry())
    entered = wiring.books().enter(one)
    if entered != one:
        raise StateConflictError("Idempotency-Key: expected one not in use for another entry")
    return entry_shown(entered, livemode=settings.live)


@app.get("/v1/journal-entries", summary="List the entries by hand of an entity, by id")
def entries(
    entity: Annotated[str, Query()], cursor: Cursor = None, limit: Limit = 20
) -> dict[str, Any]:
    found = {one.id: one for one in wiring.books().entered(entity)}
    show = partial(entry_shown, livemode=settings.live)
    return short_list(found, show, cursor=cursor, limit=limit)


def _close(entity: str, month: str) -> Close:
    wanted = month_of(month)
    found = [one for one in wiring.books().closes(entity) if one.month == wanted]
    if not found:
        raise NotFoundError(f"month: expected one asked to be closed, found {entity} {month}")
    return found[0]


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
