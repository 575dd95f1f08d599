"""Idempotency-Key: the same request twice has one effect, and the same answer, for a week."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from solde.domain.errors import SoldeError
from solde.runtime.access import Caller
from solde.runtime.wiring import table
from solde.storage.idempotency import Attempt, begin, finish, withdraw

Next = Callable[[APIGatewayHttpResolver], Response[Any]]
KEY_MAX = 255
STATUS_OK_BELOW = 300


class KeyMissingError(SoldeError):
    code = "idempotency_key_missing"


class MismatchError(SoldeError):
    """The key was used for another request."""

    code = "idempotency_mismatch"


class InProgressError(SoldeError):
    """The first request with this key has not ended."""

    code = "in_progress"
    retryable = True


def once(
    app: APIGatewayHttpResolver, then: Next, caller: Caller, *, required: bool
) -> Response[Any]:
    """
    Run a request unless its key was used before; only answers of success are kept.

    Raises:
        KeyMissingError, MismatchError, InProgressError: as their names say.

    """
    event = app.current_event
    key = {name.lower(): value for name, value in event.headers.items()}.get("idempotency-key", "")
    if not key:
        if required:
            raise KeyMissingError("Idempotency-Key: expected the header on this request")
        return then(app)
    if len(key) > KEY_MAX:
        raise MismatchError(f"Idempotency-Key: expected at most {KEY_MAX} characters")
    digest = _digest(caller.key_id, event.http_method, event.path, key)
    asked = _digest(event.body or "")
    now = int(time.time())
    found = begin(table(), digest, asked, now=now)
    if found is not None:
        return _again(found, asked)
    done = False
    try:
        response = then(app)
        done = response.status_code < STATUS_OK_BELOW
    finally:
        if not done:
            withdraw(table(), digest)
    finish(table(), digest, status=response.status_code, body=str(response.body or ""))
    return response


def _again(found: Attempt, asked: str) -> Response[str]:
    if found.asked != asked:
        raise MismatchError("Idempotency-Key: expected the request that it was first used for")
    if found.status is None:
        raise InProgressError("Idempotency-Key: the first request with it has not ended yet")
    return Response(
        found.status,
        content_type="application/json",
        body=found.body,
        headers={"Idempotency-Replayed": "true"},
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
