"""The demo's hands: Solde's HTTP API with a key, and nothing else."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from local.demo.catalog import Request
from local.errors import LocalCloudError
from local.keyring import keyring_of
from local.up import Cloud

TIMEOUT_SECONDS = 120
OK_BELOW = 300


class RefusedError(LocalCloudError):
    """The API refused what the demo asked; the message is its own."""


@dataclass(frozen=True, slots=True)
class Caller:
    url: str
    key: str

    def send(self, request: Request) -> dict[str, Any]:
        body = json.dumps(request.body).encode()
        return self._call(request.method, request.path, body, {"Idempotency-Key": request.key})

    def ingest(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        """Send one batch of usage events, compressed."""
        headers = {
            "Content-Type": "application/cloudevents-batch+json",
            "Content-Encoding": "gzip",
        }
        body = gzip.compress(json.dumps(events).encode(), compresslevel=1)
        return self._call("POST", "/v1/events", body, headers)

    def every(self, noun: str) -> Iterator[dict[str, Any]]:
        """Yield a whole list, page by page."""
        cursor: str | None = None
        while True:
            query = urlencode({"limit": "100", **({"cursor": cursor} if cursor else {})})
            page = self._call("GET", f"/v1/{noun}?{query}", None, {})
            yield from page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def read(self, noun: str, identity: str) -> dict[str, Any]:
        return self._call("GET", f"/v1/{noun}/{identity}", None, {})

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> dict[str, Any]:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=TIMEOUT_SECONDS)
        sent = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            **headers,
        }
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status >= OK_BELOW:
            raise RefusedError(f"{method} {path}: {answer.status} {text[:500]}")
        found: dict[str, Any] = json.loads(text)
        return found


def keyed(cloud: Cloud, *, name: str, at: datetime) -> Caller:
    """Make an API key that may do everything, as an operator with AWS credentials would."""
    return Caller(cloud.url, keyring_of(cloud).create(name=name, scopes=["*"], at=at))
