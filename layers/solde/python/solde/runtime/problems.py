"""Errors as the API says them: RFC 9457, one table from codes to statuses."""

import json
from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response

from solde.domain.errors import SoldeError
from solde.runtime.statuses import status_of

JSON = "application/problem+json"
DOCS = "https://github.com/solde-billing/solde/blob/main/docs/errors.md#"

TITLES = {
    400: "The request is malformed",
    401: "The request is not authenticated",
    403: "The key may not do this",
    404: "Not found",
    405: "Method not allowed",
    409: "Not possible in the present state",
    413: "The request is too large",
    415: "The media type is not supported",
    422: "The request breaks a rule",
    500: "Internal error",
    503: "Try again",
}


def problem(error: SoldeError) -> Response[str]:
    """Return the answer to an error that has a code of its own."""
    details = [{"pointer": error.pointer, "detail": str(error)}] if error.pointer else []
    return answer(status_of(error.code), error.code, str(error), details)


def answer(
    status: int, code: str, detail: str, errors: Sequence[dict[str, Any]] = ()
) -> Response[str]:
    body = {
        "type": DOCS + code,
        "title": TITLES[status],
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }
    headers = {"Retry-After": "1"} if status in (409, 503) else {}
    return Response(status, content_type=JSON, body=json.dumps(body), headers=headers)
