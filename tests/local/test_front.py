"""Which requests are for Solde, and which for the emulated AWS."""

import asyncio
import json
from typing import Any

import pytest

from local.runtime.front import Front, for_solde, to_api


def asked(path: str, *, query: bytes = b"", authorization: bytes = b"") -> dict[str, Any]:
    headers = [(b"host", b"127.0.0.1:4566")]
    if authorization:
        headers.append((b"authorization", authorization))
    return {
        "type": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": headers,
    }


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (asked("/"), True),
        (asked("/health"), True),
        (asked("/v1/customers", query=b"limit=2"), True),
        (asked("/v1/customers", authorization=b"Bearer sk_live_1"), True),
        (asked("/", authorization=b"AWS4-HMAC-SHA256 Credential=x"), False),
        (asked("/bucket/key", authorization=b"AWS4-HMAC-SHA256 Credential=x"), False),
        (asked("/bucket/key", query=b"X-Amz-Algorithm=A&X-Amz-Signature=00"), False),
        (asked("/_ministack/health"), False),
        (asked("/_aws/execute-api/solde/$default/health"), False),
        ({"type": "websocket", "path": "/"}, False),
    ],
)
def test_for_whom(scope: dict[str, Any], expected) -> None:
    assert for_solde(scope) is expected


def test_escapes_in_a_path_stay_escapes() -> None:
    scope = {**asked("/i/a/b"), "raw_path": b"/i/a%2Fb"}
    assert to_api(scope)["path"] == "/_aws/execute-api/solde/$default/i/a/b"
    assert to_api(scope)["raw_path"] == b"/_aws/execute-api/solde/$default/i/a%2Fb"


def passed(scope: dict[str, Any], *messages: dict[str, Any]) -> tuple[list[Any], list[Any], int]:
    """Send a scope through the front; return what reached the inside, the outside, and saves."""
    inside: list[Any] = []
    outside: list[Any] = []
    saves: list[int] = []

    async def inner(scope: Any, _receive: Any, send: Any) -> None:
        inside.append(scope)
        for message in messages:
            await send(message)

    async def receive() -> dict[str, Any]:
        return {}

    async def send(message: Any) -> None:
        outside.append(message)

    asyncio.run(Front(inner, saved=lambda: saves.append(1))(scope, receive, send))
    return inside, outside, len(saves)


def test_what_happens_inside_is_told_without_asking_the_emulator() -> None:
    inside, outside, _ = passed(asked("/_solde/rest"))
    assert inside == []
    assert outside[0]["status"] == 200
    assert set(json.loads(outside[1]["body"])) == {
        "functions",
        "queued",
        "unread",
        "running",
        "waiting",
        "dead",
        "failing",
        "failed",
        "rested",
    }


def test_the_end_is_told_once_all_is_saved() -> None:
    life = {"type": "lifespan"}
    assert passed(life, {"type": "lifespan.startup.complete"})[2] == 0
    _, outside, saves = passed(life, {"type": "lifespan.shutdown.complete"})
    assert saves == 1
    assert outside == [{"type": "lifespan.shutdown.complete"}]
