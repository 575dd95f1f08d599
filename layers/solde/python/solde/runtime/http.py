"""The one set-up of every API function: keys with scopes, idempotency, problems, request ids."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from solde.domain.errors import InvalidError, SoldeError
from solde.runtime.access import Caller, authorise
from solde.runtime.clock import business_now
from solde.runtime.idempotency import Asked, once
from solde.runtime.problems import answer, as_answer, problem
from solde.runtime.settings import settings

BYTES_MAX = 1_000_000
DEPTH_MAX = 20
DIGITS_MAX = 40
SAFE = ("GET", "HEAD")
Handler = TypeVar("Handler", bound=Callable[..., Any])


class TooLargeError(SoldeError):
    code = "too_large"


class MalformedJsonError(SoldeError):
    code = "malformed_json"


class Api(APIGatewayHttpResolver):
    """
    A resolver whose routes need `<scopes>:read` or `<scopes>:write`.

    Whoever calls is known, and the body is decent, before any model sees a request. POSTs to paths
    that end in one of `keyed` number documents or move money: they must carry an Idempotency-Key;
    all others may. Those that end in one of `previews` write nothing: to read is enough.
    """

    def __init__(self, scopes: str, keyed: tuple[str, ...], previews: tuple[str, ...]) -> None:
        super().__init__(enable_validation=True)
        self.scopes, self._keyed, self._previews = scopes, keyed, previews
        self.exception_handler(SoldeError)(problem)
        self.exception_handler(RequestValidationError)(self._invalid)
        self.not_found(self._no_route)

    def resolve(self, event: dict[str, Any], context: Any) -> dict[str, Any]:  # type: ignore[override]  # noqa: ANN401
        try:
            answered = self._checked(event, context)
        except SoldeError as refused:
            answered = as_answer(problem(refused))
        return _stamped(event, answered)

    def _checked(self, event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
        method: str = event["requestContext"]["http"]["method"]
        headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
        who = authorise(headers, f"{self.scopes}:{self.act(method, event['rawPath'])}")
        if method in SAFE:
            return self._worked(event, context, who)
        _decent(event.get("body"))
        if self.act(method, event["rawPath"]) == "read":
            return self._worked(event, context, who)
        asked = Asked(method, event["rawPath"], event.get("body") or "", headers)
        required = self.wants_key(method, asked.path)
        return once(asked, who, lambda: self._worked(event, context, who), required=required)

    def act(self, method: str, path: str) -> str:
        """Return what a caller must be allowed: `read`, or `write`."""
        previews = method == "POST" and bool(self._previews) and path.endswith(self._previews)
        return "read" if method in SAFE or previews else "write"

    def wants_key(self, method: str, path: str) -> bool:
        """Say whether a request must carry an Idempotency-Key."""
        return method == "POST" and bool(self._keyed) and path.endswith(self._keyed)

    def _worked(self, event: dict[str, Any], context: Any, who: Caller) -> dict[str, Any]:  # noqa: ANN401
        self.append_context(caller=who)  # type: ignore[no-untyped-call]
        return super().resolve(event, context)

    def _invalid(self, error: RequestValidationError) -> Response[str]:
        return _unfit(error, self.current_event.body)

    def _no_route(self, _error: Exception) -> Response[str]:
        event = self.current_event
        return answer(404, "not_found", f"no route {event.http_method} {event.path}")


def api(scopes: str, *, keyed: Iterable[str] = (), previews: Iterable[str] = ()) -> Api:
    return Api(scopes, tuple(keyed), tuple(previews))


def raw(handler: Handler) -> Handler:
    """Leave the bytes that a route answers with as they are: no model serialises them."""
    handler.__annotations__.pop("return")
    return handler


def caller(app: APIGatewayHttpResolver) -> Caller:
    found: Caller = app.context["caller"]
    return found


def _stamped(event: dict[str, Any], answered: dict[str, Any]) -> dict[str, Any]:
    headers = answered.setdefault("headers", {})
    headers["Request-Id"] = event["requestContext"]["requestId"]
    if not settings.live:
        headers["Solde-Clock"] = business_now().isoformat()
    return answered


def _unfit(error: RequestValidationError, body: str | None) -> Response[str]:
    """Name each field with what was expected and found; nothing of the request was stored."""
    broken = any(one["type"] == "json_invalid" for one in error.errors())
    sent = json.loads(body or "null") if not broken else None
    rows = [
        {
            "pointer": _pointer(one, sent),
            "expected": one["msg"].removeprefix("Value error, "),
            "found": _shown(one.get("input")),
        }
        for one in error.errors()
    ]
    detail = "; ".join(f"{row['pointer']}: {row['expected']}" for row in rows[:5])
    if broken:
        return answer(400, "malformed_json", detail, rows)
    return answer(422, "invalid", detail, rows)


def _pointer(error: Mapping[str, Any], sent: object) -> str:
    """Point at a field as it was sent: pydantic tells the name of the shape that it tried, too."""
    where, *place = error["loc"]
    here, parts = sent if where == "body" else None, []
    missing = place[-1:] if error["type"] == "missing" else []
    for part in place:
        if isinstance(here, dict) and part not in (*here, *missing):
            continue
        parts.append(str(part))
        if isinstance(here, dict):
            here = here.get(part)
        else:
            here = here[part] if isinstance(here, list) and isinstance(part, int) else None
    return "/" + "/".join(parts)


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
