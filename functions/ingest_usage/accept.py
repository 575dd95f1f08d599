"""POST /v1/events: the form is checked, the events are stored, and then it is said."""

import base64
import json
from typing import Any

from solde.domain.errors import SoldeError
from solde.runtime.access import authorise
from solde.runtime.statuses import status_of
from solde.runtime.usage import ingest_context
from solde.workflows.ingest_usage.accept import Receipt, accept_events
from solde.workflows.ingest_usage.decode import decode_body

PROBLEM = "application/problem+json"


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    try:
        return _accepted(event)
    except SoldeError as refused:
        status = status_of(refused.code)
        body = {"status": status, "code": refused.code, "detail": str(refused), "title": "Refused"}
        return _answer(event, status, body, PROBLEM)


def _accepted(event: dict[str, Any]) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    authorise(headers, "events:write")
    raw = event.get("body") or ""
    body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    batch = decode_body(
        body,
        content_type=headers.get("content-type", ""),
        encoding=headers.get("content-encoding", ""),
    )
    atomic = event.get("rawQueryString", "").endswith("atomic=true")
    receipt = accept_events(batch, atomic=atomic, context=ingest_context())
    told = {
        "object": "ingestion",
        "accepted": receipt.accepted,
        "rejected": len(receipt.refused),
        "results": _results(receipt),
    }
    if receipt.accepted or not receipt.refused:
        return _answer(event, 202, told, "application/json")
    refused = {"status": 422, "code": "invalid", "title": "No event was stored", **told}
    return _answer(event, 422, refused, PROBLEM)


def _results(receipt: Receipt) -> list[dict[str, Any]]:
    return [
        {
            "index": one.index,
            "id": one.id,
            "status": "rejected",
            "errors": [
                {
                    "pointer": flaw.pointer,
                    "code": flaw.code,
                    "expected": flaw.expected,
                    "found": flaw.found,
                }
                for flaw in one.flaws
            ],
        }
        for one in receipt.refused
    ]


def _answer(event: dict[str, Any], status: int, body: dict[str, Any], kind: str) -> dict[str, Any]:
    headers = {
        "content-type": kind,
        "request-id": event.get("requestContext", {}).get("requestId", ""),
    }
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
