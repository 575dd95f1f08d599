"""
One port for two worlds: signed requests reach the emulated AWS, all others Solde's own API.

The local cloud thus answers at http://127.0.0.1:4566/health as the deployed API does at its own
root, and links in pages and mails are what they are on AWS.
"""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from local.places import STRIPE_PATH
from local.runtime.activity import rest
from local.sandbox.stripe_refunds import RefundsSandbox

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

API_PATH = "/_aws/execute-api/solde/$default"
REST_PATH = "/_solde/rest"
OWN = "/_"
"""What the emulator answers itself begins so; Solde has no such path."""


@dataclass(frozen=True, slots=True)
class Front:
    """Wrap the emulator's ASGI application; `saved` is called once its state is on disk."""

    inner: App
    saved: Callable[[], None]
    stripe: RefundsSandbox = field(default_factory=RefundsSandbox)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, self._watched(send))
        elif scope["type"] == "http" and scope["path"] == REST_PATH:
            await _answer(await rest(), send)
        elif scope["type"] == "http" and scope["path"] == f"{STRIPE_PATH}/v1/refunds":
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            status, found = self.stripe.post(headers, await _body(receive))
            await _answer(found, send, status)
        else:
            await self.inner(to_api(scope) if for_solde(scope) else scope, receive, send)

    def _watched(self, send: Send) -> Send:
        async def watched(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.shutdown.complete":
                self.saved()

        return watched


def for_solde(scope: Message) -> bool:
    """Tell whether a request is for Solde: it carries no AWS signature."""
    if scope["type"] != "http" or scope["path"].startswith(OWN):
        return False
    headers = dict(scope["headers"])
    signed = headers.get(b"authorization", b"").startswith(b"AWS4-")
    presigned = b"X-Amz-Signature=" in scope["query_string"]
    return not (signed or presigned)


def to_api(scope: Message) -> Message:
    raw = scope.get("raw_path") or scope["path"].encode()
    return {**scope, "path": API_PATH + scope["path"], "raw_path": API_PATH.encode() + raw}


async def _body(receive: Receive) -> str:
    found, more = b"", True
    while more:
        message = await receive()
        found, more = found + message.get("body", b""), message.get("more_body", False)
    return found.decode()


async def _answer(found: dict[str, Any], send: Send, status: int = 200) -> None:
    body = json.dumps(found).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
