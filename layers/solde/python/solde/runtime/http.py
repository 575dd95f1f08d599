"""The one set-up of every API function: keys with scopes, idempotency, problems, request ids."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from solde.domain.errors import InvalidError, SoldeError
from solde.runtime.access import Caller, authorise
from solde.runtime.clock import business_now
from solde.runtime.idempotency import once
from solde.runtime.problems import answer, problem
from solde.runtime.settings import settings

Next = Callable[[APIGatewayHttpResolver], Response[Any]]
BYTES_MAX = 1_000_000
DEPTH_MAX = 20
DIGITS_MAX = 40
SAFE = ("GET", "HEAD")


class TooLargeError(SoldeError):
    code = "too_large"


class MalformedJsonError(SoldeError):
    code = "malformed_json"


def api(scopes: str, *, keyed: Iterable[str] = ()) -> APIGatewayHttpResolver:
    """
    Return a resolver whose routes need `<scopes>:read` or `<scopes>:write`.

    POSTs to paths that end in one of `keyed` number documents or move money: they must carry an
    Idempotency-Key; all others may.
    """
    app = APIGatewayHttpResolver(enable_validation=True)
    needs_key = tuple(keyed)

    def checked(app: APIGatewayHttpResolver, then: Next) -> Response[Any]:
        event = app.current_event
        act = "read" if event.http_method in SAFE else "write"
        caller = authorise(_headers(app), f"{scopes}:{act}")
        app.append_context(caller=caller)  # type: ignore[no-untyped-call]
        _decent(event.body if event.http_method not in SAFE else None)
        if event.http_method in SAFE:
            return _stamped(app, then(app))
        required = event.path.endswith(needs_key) if needs_key else False
        return _stamped(app, once(app, then, caller, required=required))

    app.use(middlewares=[checked])
    app.exception_handler(SoldeError)(lambda error: _stamped(app, problem(error)))
    app.exception_handler(RequestValidationError)(lambda error: _stamped(app, _invalid(error)))
    app.not_found(lambda _error: _stamped(app, _no_route(app)))
    return app


def caller(app: APIGatewayHttpResolver) -> Caller:
    found: Caller = app.context["caller"]
    return found


def _headers(app: APIGatewayHttpResolver) -> dict[str, str]:
    return {name.lower(): value for name, value in app.current_event.headers.items()}


def _stamped(app: APIGatewayHttpResolver, response: Response[Any]) -> Response[Any]:
    event = app.current_event
    response.headers["Request-Id"] = event.request_context.request_id
    if not settings.live:
        response.headers["Solde-Clock"] = business_now().isoformat()
    return response


def _no_route(app: APIGatewayHttpResolver) -> Response[str]:
    event = app.current_event
    return answer(404, "not_found", f"no route {event.http_method} {event.path}")


def _invalid(error: RequestValidationError) -> Response[str]:
    """Name each field with what was expected and found; nothing of the request was stored."""
    rows = [
        {
            "pointer": "/" + "/".join(str(part) for part in one["loc"][1:]),
            "expected": one["msg"],
            "found": _shown(one.get("input")),
        }
        for one in error.errors()
    ]
    broken = any(one["type"] == "json_invalid" for one in error.errors())
    detail = "; ".join(f"{row['pointer']}: {row['expected']}" for row in rows[:5])
    if broken:
        return answer(400, "malformed_json", detail, rows)
    return answer(422, "invalid", detail, rows)


def _shown(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"  # noqa: PLR2004 - a line of a log


def _decent(body: str | None) -> None:
    """
    Refuse what no honest request has before any model sees it.

    Raises:
        TooLargeError, MalformedJsonError, InvalidError: with what was expected.

    """
    if body is None:
        return
    if len(body) > BYTES_MAX:
        raise TooLargeError(f"body: expected at most {BYTES_MAX} characters, found {len(body)}")
    depth = deepest = 0
    for char in body:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    if deepest > DEPTH_MAX:
        raise InvalidError(f"body: expected at most {DEPTH_MAX} levels, found {deepest}")
    try:
        json.loads(body, parse_constant=_no_constant, parse_int=_whole, parse_float=Decimal)
    except (ValueError, ArithmeticError) as wrong:
        raise MalformedJsonError(f"body: expected JSON, found {wrong}") from wrong


def _no_constant(name: str) -> None:
    raise ValueError(f"the constant {name}, which JSON does not have")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)
