"""The one table from error codes to HTTP statuses."""

STATUSES = {
    "idempotency_key_missing": 400,
    "malformed_json": 400,
    "unauthenticated": 401,
    "missing_scope": 403,
    "not_found": 404,
    "in_progress": 409,
    "not_rated": 409,
    "plan_incomplete": 409,
    "reserved": 409,
    "run_incomplete": 409,
    "state_conflict": 409,
    "too_large": 413,
    "unsupported_media_type": 415,
    "idempotency_mismatch": 422,
    "invalid": 422,
    "store_unavailable": 503,
}
UNPROCESSABLE = 422


def status_of(code: str) -> int:
    """Return the status of a code; what has none of its own breaks a rule of the trade."""
    return STATUSES.get(code, UNPROCESSABLE)
