"""Problems as answers of a resolver."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response

from solde.domain.errors import SoldeError
from solde.runtime.statuses import PROBLEM, problem_document, retry_headers, status_of


class StaleVersionError(SoldeError):
    """The object is in another version than the request was made for; the answer shows it."""

    code = "stale_version"

    def __init__(self, message: str, *, current: dict[str, Any]) -> None:
        """Take along `current`: the object as it is now, as the API shows it."""
        super().__init__(message)
        self.current = current


def problem(error: SoldeError) -> Response[str]:
    """Return the answer to an error that has a code of its own."""
    details = [{"pointer": error.pointer, "detail": str(error)}] if error.pointer else []
    more = {"current": error.current} if isinstance(error, StaleVersionError) else {}
    return answer(status_of(error.code), error.code, str(error), details, more)


def answer(
    status: int,
    code: str,
    detail: str,
    errors: Sequence[dict[str, Any]] = (),
    more: Mapping[str, Any] | None = None,
) -> Response[str]:
    body = json.dumps(problem_document(status, code, detail, errors) | dict(more or {}))
    return Response(status, content_type=PROBLEM, body=body, headers=retry_headers(status))


def as_answer(response: Response[str]) -> dict[str, Any]:
    """Return an answer in the form that the gateway takes."""
    return {
        "statusCode": response.status_code,
        "headers": {"Content-Type": PROBLEM, **{k: str(v) for k, v in response.headers.items()}},
        "body": response.body,
        "isBase64Encoded": False,
    }
