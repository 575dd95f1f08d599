"""Problems as answers of a resolver."""

import json
from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response

from solde.domain.errors import SoldeError
from solde.runtime.statuses import PROBLEM, problem_document, retry_headers, status_of


def problem(error: SoldeError) -> Response[str]:
    """Return the answer to an error that has a code of its own."""
    details = [{"pointer": error.pointer, "detail": str(error)}] if error.pointer else []
    return answer(status_of(error.code), error.code, str(error), details)


def answer(
    status: int, code: str, detail: str, errors: Sequence[dict[str, Any]] = ()
) -> Response[str]:
    body = json.dumps(problem_document(status, code, detail, errors))
    return Response(status, content_type=PROBLEM, body=body, headers=retry_headers(status))


def as_answer(response: Response[str]) -> dict[str, Any]:
    """Return an answer in the form that the gateway takes."""
    return {
        "statusCode": response.status_code,
        "headers": {"Content-Type": PROBLEM, **{k: str(v) for k, v in response.headers.items()}},
        "body": response.body,
        "isBase64Encoded": False,
    }
