"""Stripe's deliveries: proved over the raw bytes, stored, acknowledged; worked from the queue."""

import base64
import json
from typing import Any

from solde.adapters.stripe.events import BYTES_MAX, MalformedEventError, event_id
from solde.adapters.stripe.signature import verify
from solde.domain.errors import SoldeError
from solde.runtime import wiring
from solde.runtime.clock import business_now, wall_seconds
from solde.runtime.observe import measure, tell
from solde.runtime.secret import stripe_secrets
from solde.workflows.receive_webhook import receive_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    try:
        new = _receive(event)
    except SoldeError as refused:
        tell("delivery refused", code=refused.code)
        measure(DeliveriesRefused=1)
        return _answer(400, {"code": refused.code})
    return _answer(200, {"received": True, "new": new})


def _receive(event: dict[str, Any]) -> bool:
    body = _raw(event)
    if len(body) > BYTES_MAX:
        raise MalformedEventError(f"body: expected at most {BYTES_MAX} bytes, found {len(body)}")
    header = event.get("headers", {}).get("stripe-signature", "")
    verify(body, header, stripe_secrets(), now=wall_seconds())
    return receive_delivery(
        "stripe", event_id(body), body, at=business_now(), store=wiring.payments()
    )


def _raw(event: dict[str, Any]) -> bytes:
    """Return the bytes as they were sent: the signature is over these."""
    raw = event.get("body") or ""
    try:
        return base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    except ValueError as wrong:
        raise MalformedEventError(f"body: expected base64 of the gateway: {wrong}") from wrong


def _answer(status: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
