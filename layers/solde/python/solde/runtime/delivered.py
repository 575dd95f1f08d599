"""What all who take deliveries in share: the raw bytes, and one answer for each way it ends."""

import base64
import json
from collections.abc import Callable
from typing import Any

from solde.adapters.errors import MalformedEventError
from solde.domain.errors import SoldeError
from solde.runtime.observe import measure, tell


def answered(event: dict[str, Any], most: int, take: Callable[[bytes], bool]) -> dict[str, Any]:
    """
    Have a delivery taken in, and say what became of it.

    200 is stored, 400 refused for good, 503 where only a repeat helps: then it shall be sent again.
    """
    try:
        new = take(_raw(event, most))
    except SoldeError as refused:
        tell("delivery refused", code=refused.code)
        measure(DeliveriesRefused=1)
        return _answer(503 if refused.retryable else 400, {"code": refused.code})
    return _answer(200, {"received": True, "new": new})


def _raw(event: dict[str, Any], most: int) -> bytes:
    """Return the bytes as they were sent: the signature is over these."""
    raw = event.get("body") or ""
    try:
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    except ValueError as wrong:
        raise MalformedEventError(f"body: expected base64 of the gateway: {wrong}") from wrong
    if len(body) > most:
        raise MalformedEventError(f"body: expected at most {most} bytes, found {len(body)}")
    return body


def _answer(status: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
