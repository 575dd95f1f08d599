"""POST /v1/events: the form is checked, the events are stored, and then it is said."""

import base64
import binascii
import json
from typing import Any
from urllib.parse import parse_qs

from solde.domain.errors import SoldeError
from solde.runtime.access import authorise
from solde.runtime.ingest import ingest_context
from solde.runtime.statuses import PROBLEM, problem_document, retry_headers, status_of
from solde.workflows.ingest_usage.accept import Receipt, Refusal, accept_events
from solde.workflows.ingest_usage.decode import MalformedBodyError, decode_body

Event = dict[str, Any]
NAMED = 2_000
"""Refused events that an answer names: a Lambda answer holds 6 MB."""
FLAWS = 5
"""Flaws that it names of each."""


def lambda_handler(event: Event, _context: object) -> dict[str, Any]:
    try:
        return _accepted(event)
    except SoldeError as refused:
        status = status_of(refused.code)
        return _answer(event, status, problem_document(status, refused.code, str(refused)))


def _accepted(event: Event) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    authorise(headers, "events:write")
    batch = decode_body(
        _body(event),
        content_type=headers.get("content-type", ""),
        encoding=headers.get("content-encoding", ""),
    )
    asked = parse_qs(event.get("rawQueryString", ""))
    atomic = asked.get("atomic", [""])[-1] == "true"
    receipt = accept_events(batch, atomic=atomic, context=ingest_context())
    results = [_result(one, single=batch.single) for one in receipt.refused[:NAMED]]
    if receipt.accepted:
        told = {
            "object": "ingestion",
            "accepted": receipt.accepted,
            "rejected": len(receipt.refused),
            "results": results,
        }
        return _answer(event, 202, told)
    return _answer(event, 422, _refused(receipt, results))


def _body(event: Event) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode()
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise MalformedBodyError(
            f"body: expected base64 from the gateway, found {wrong}"
        ) from wrong


def _refused(receipt: Receipt, results: list[dict[str, Any]]) -> dict[str, Any]:
    """Say that nothing was stored, and why, event by event."""
    errors = [error for result in results for error in result["errors"]]
    detail = f"no event was stored: {len(receipt.refused)} not well-formed"
    if errors:
        detail += f"; first {errors[0]['pointer'] or '/'}: {errors[0]['detail']}"
    return problem_document(422, "invalid", detail, errors) | {
        "accepted": 0,
        "rejected": len(receipt.refused),
        "results": results,
    }


def _result(one: Refusal, *, single: bool) -> dict[str, Any]:
    """Name an event by its place; pointers are into the body of the request."""
    place = "" if single else f"/{one.index}"
    errors = [
        {
            "pointer": f"{place}{flaw.pointer}",
            "code": flaw.code,
            "detail": flaw.detail,
            "expected": flaw.expected,
            "found": flaw.found,
        }
        for flaw in one.flaws[:FLAWS]
    ]
    return {"index": one.index, "id": one.id, "status": "rejected", "errors": errors}


def _answer(event: Event, status: int, body: dict[str, Any]) -> dict[str, Any]:
    kind = "application/json" if status == 202 else PROBLEM  # noqa: PLR2004 - accepted
    request_id = event.get("requestContext", {}).get("requestId", "")
    headers = {"Content-Type": kind, "Request-Id": request_id, **retry_headers(status)}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
