"""Idempotency-Key: the same request twice has one effect, and the same answer, for a week."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from solde.domain.errors import SoldeError
from solde.runtime.access import Caller
from solde.runtime.wiring import table
from solde.storage.idempotency import Attempt, begin, finish, withdraw

Answer = dict[str, Any]
Work = Callable[[], Answer]
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names in lower case."""

    method: str
    path: str
    body: str
    headers: Mapping[str, str]


def once(asked: Asked, caller: Caller, work: Work, *, required: bool) -> Answer:
    """
    Run a request unless its key was used before; only answers of success are kept.

    Raises:
        KeyMissingError, MismatchError, InProgressError: as their names say.

    """
    key = asked.headers.get("idempotency-key", "")
    if not key:
        if required:
            raise KeyMissingError("Idempotency-Key: expected the header on this request")
        return work()
    if len(key) > KEY_MAX:
        raise MismatchError(f"Idempotency-Key: expected at most {KEY_MAX} characters")
    digest = _digest(caller.key_id, asked.method, asked.path, key)
    content = _digest(asked.body)
    found = begin(table(), digest, content, now=int(time.time()))
    if found is not None:
        return _again(found, content)
    done = False
    try:
        answer = work()
        done = answer["statusCode"] < STATUS_OK_BELOW
    finally:
        if not done:
            withdraw(table(), digest)
    if done:
        finish(table(), digest, status=answer["statusCode"], body=answer["body"])
    return answer


def _again(found: Attempt, content: str) -> Answer:
    if found.asked != content:
        raise MismatchError("Idempotency-Key: expected the request that it was first used for")
    if found.status is None:
        raise InProgressError("Idempotency-Key: the first request with it has not ended yet")
    return {
        "statusCode": found.status,
        "headers": {"Content-Type": "application/json", "Idempotency-Replayed": "true"},
        "body": found.body,
        "isBase64Encoded": False,
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
