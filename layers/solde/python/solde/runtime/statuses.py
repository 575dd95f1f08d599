"""Errors as the API says them (RFC 9457): one table from codes to statuses; light to import."""

from collections.abc import Sequence
from typing import Any

PROBLEM = "application/problem+json"
DOCS = "https://github.com/solde-billing/solde/blob/main/docs/errors.md#"

STATUSES = {
    "idempotency_key_missing": 400,
    "malformed_json": 400,
    "unauthenticated": 401,
    "missing_scope": 403,
    "not_found": 404,
    "coupon_used_up": 409,
    "in_progress": 409,
    "not_rated": 409,
    "plan_incomplete": 409,
    "no_reference_rate": 409,
    "reserved": 409,
    "run_incomplete": 409,
    "state_conflict": 409,
    "stale_version": 412,
    "too_large": 413,
    "unsupported_media_type": 415,
    "idempotency_mismatch": 422,
    "invalid": 422,
    "provider_unavailable": 503,
    "store_unavailable": 503,
}
TITLES = {
    400: "The request is malformed",
    401: "The request is not authenticated",
    403: "The key may not do this",
    404: "Not found",
    405: "Method not allowed",
    409: "Not possible in the present state",
    412: "Changed meanwhile",
    413: "The request is too large",
    415: "The media type is not supported",
    422: "The request breaks a rule",
    500: "Internal error",
    503: "Try again",
}
RETRIED = (409, 503)
UNPROCESSABLE = 422


def status_of(code: str) -> int:
    """Return the status of a code; what has none of its own breaks a rule of the trade."""
    return STATUSES.get(code, UNPROCESSABLE)


def problem_document(
    status: int, code: str, detail: str, errors: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    return {
        "type": DOCS + code,
        "title": TITLES[status],
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }


def retry_headers(status: int) -> dict[str, str]:
    return {"Retry-After": "1"} if status in RETRIED else {}
