"""Webhook endpoints: which systems of the seller are told what, and what became of it."""

import secrets
from dataclasses import replace
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.webhook_endpoints.models import (
    NewEndpoint,
    Replay,
    endpoint_shown,
    message_shown,
)
from solde.adapters.webhook_signature import secret_of
from solde.domain.endpoints import Endpoint
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.ports.endpoints import FAILED, Message
from solde.ports.records import Record, first
from solde.runtime import wiring
from solde.runtime.chance import fresh_id
from solde.runtime.clock import business_now, wall_seconds
from solde.runtime.endpoints import endpoints, messages
from solde.runtime.fields import described, listed
from solde.runtime.filters import older_than
from solde.runtime.http import api
from solde.runtime.paging import Asked, indexed_at, page, short_list
from solde.runtime.settings import settings
from solde.storage import index_keys
from solde.storage.messages import message_from_item
from solde.storage.table import Key
from solde.workflows.call_endpoints import kept_until, trial_message

SECRET_BYTES = 32
ENDPOINTS_MAX = 20
REPLAYED_MAX = 100
PATH = "/v1/webhook-endpoints/<endpoint>"
Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query()]

app = api("webhook-endpoints")


@app.post("/v1/webhook-endpoints", status_code=201, summary="Let a system of yours be told")
def create(body: NewEndpoint) -> dict[str, Any]:
    """Show the secret that calls are signed with, this once."""
    if len(endpoints().all()) >= ENDPOINTS_MAX:
        raise StateConflictError(f"webhook endpoints: expected {ENDPOINTS_MAX} at most")
    new = Endpoint(fresh_id("whe"), body.url, tuple(body.events), body.description)
    record, secret = first(business_now(), body.metadata), _secret()
    endpoints().put(new, record, secret)
    return {**_shown(new, record), "secret": secret}


@app.get("/v1/webhook-endpoints", summary="List the systems that are told")
def every(cursor: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    found = {one.id: (one, record) for one, record in endpoints().all()}
    return short_list(found, lambda kept: _shown(*kept), cursor=cursor, limit=limit)


@app.get(PATH, summary="Read an endpoint: whether it is called, and since when it fails")
def read(endpoint: str) -> dict[str, Any]:
    return _shown(*_found(endpoint))


@app.post(f"{PATH}/disable", summary="Call an endpoint no more")
def disable(endpoint: str) -> dict[str, Any]:
    found, _ = _found(endpoint)
    return _changed(found, replace(found, ended=found.ended or "disabled by hand"))


@app.post(f"{PATH}/enable", summary="Call an endpoint again, with what waits for it first")
def enable(endpoint: str) -> dict[str, Any]:
    """Send what was stored for it, in order; what happened meanwhile was not stored."""
    found, _ = _found(endpoint)
    now = business_now()
    if not found.ended:
        return _shown(*_found(endpoint))
    answer = _changed(found, replace(found, ended="", failing_since=now))
    messages().wake(endpoint, now)
    return answer


@app.post(f"{PATH}/secret", status_code=201, summary="Make a new secret for an endpoint")
def roll(endpoint: str) -> dict[str, Any]:
    """Show it this once; calls are signed with it and with the one before it until the next."""
    found, _ = _found(endpoint)
    secret = _secret()
    endpoints().roll(found.id, secret)
    return described("webhook_secret", endpoint=found.id, secret=secret, livemode=settings.live)


@app.post(f"{PATH}/test", status_code=202, summary="Send an endpoint a message to try it")
def test(endpoint: str) -> dict[str, Any]:
    found, _ = _found(endpoint)
    now = business_now()
    message = trial_message(found, now, kept_until(wall_seconds()))
    messages().put(message)
    messages().wake(found.id, now)
    return message_shown(message, livemode=settings.live)


@app.get(f"{PATH}/messages", summary="List what an endpoint was told, newest first")
def told(endpoint: str, cursor: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    found, following = _page(endpoint, Asked(cursor, limit))
    rows = [message_shown(one, livemode=settings.live) for one in found]
    return listed(rows, next_cursor=following)


@app.post(f"{PATH}/messages/<message>/replay", summary="Send a message once more")
def replay_one(endpoint: str, message: str) -> dict[str, Any]:
    """Anew with ten attempts, under the same id: a receiver that had it knows it."""
    owner, _ = _found(endpoint)
    found = messages().find(owner.id, message)
    if found is None:
        raise NotFoundError(f"message: {no_id('msg', message)}")
    now = business_now()
    if not messages().again(found, now):
        raise StateConflictError("message: expected one that is not being sent")
    messages().wake(owner.id, now)
    return message_shown(messages().find(owner.id, message) or found, livemode=settings.live)


@app.post(f"{PATH}/replay", summary="Send once more what was told since an instant")
def replay(endpoint: str, body: Replay, cursor: Cursor = None) -> dict[str, Any]:
    """Take up to 100 a call, newest first: go on with `next_cursor` until there is none."""
    past, now = older_than(body.since), business_now()
    found, following = _page(endpoint, Asked(cursor, REPLAYED_MAX, past=past))
    wanted = [one for one in found if one.state == FAILED or not body.failed_only]
    again = [one for one in wanted if messages().again(one, now)]
    if again:
        messages().wake(endpoint, now)
    rows = [{"id": one.id, "event": one.kind, "about": one.of} for one in again]
    return listed(rows, next_cursor=following)


def _page(endpoint: str, asked: Asked) -> tuple[list[Message], str | None]:
    owner, _ = _found(endpoint)
    rows, following = page(indexed_at(index_keys.calls(owner.id)), asked)
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    return [message_from_item(items[key]) for key in wanted if key in items], following


def _found(identity: str) -> tuple[Endpoint, Record]:
    found = endpoints().find(identity)
    if found is None:
        raise NotFoundError(f"webhook endpoint: {no_id('whe', identity)}")
    return found


def _changed(read_as: Endpoint, changed: Endpoint) -> dict[str, Any]:
    if read_as != changed and not endpoints().change(read_as, changed, business_now()):
        raise StateConflictError("webhook endpoint: expected nobody else to change it meanwhile")
    return _shown(*_found(read_as.id))


def _shown(one: Endpoint, record: Record) -> dict[str, Any]:
    return endpoint_shown(one, record, livemode=settings.live)


def _secret() -> str:
    return secret_of(secrets.token_bytes(SECRET_BYTES))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    return app.resolve(event, context)
