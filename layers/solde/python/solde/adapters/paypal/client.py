"""PayPal's API: a token that is kept until it ends, JSON both ways, one key for one request."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from solde.adapters.errors import ProviderUnavailableError

SECONDS = 20
BYTES_MAX = 1_000_000
EARLY_SECONDS = 120
UNAUTHORIZED, TOO_MANY, FAILING = 401, 429, 500

Http = Callable[[str, str, Mapping[str, str], bytes], tuple[int, bytes]]


@dataclass(slots=True)
class PaypalClient:
    """`base` is where the API is; `http` sends a request and returns status and body."""

    base: str
    client_id: str
    secret: str
    http: Http
    seconds: Callable[[], int] = lambda: time.monotonic_ns() // 10**9
    _token: str = ""
    _until: int = 0

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        return self._asked("GET", path, b"", "")

    def post(self, path: str, body: Mapping[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        """Ask for something under a key; asked again under it, PayPal answers the same."""
        return self._asked("POST", path, json.dumps(body).encode(), key)

    def _asked(self, method: str, path: str, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
        status, found = self._once(method, path, body, key)
        if status == UNAUTHORIZED:  # the token was revoked before its time
            self._until = 0
            status, found = self._once(method, path, body, key)
        if status >= FAILING or status in (UNAUTHORIZED, TOO_MANY):
            raise ProviderUnavailableError(f"paypal: {method} {path}: found {status}")
        return status, found

    def _once(self, method: str, path: str, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
        headers = {
            "Authorization": f"Bearer {self._bearer()}",
            "Content-Type": "application/json",
            "Prefer": "return=representation",
            **({"PayPal-Request-Id": key} if key else {}),
        }
        status, found = self.http(method, f"{self.base}{path}", headers, body)
        return status, _object(found)

    def _bearer(self) -> str:
        if self.seconds() >= self._until:
            both = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            headers = {
                "Authorization": f"Basic {both}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            form = b"grant_type=client_credentials"
            status, found = self.http("POST", f"{self.base}/v1/oauth2/token", headers, form)
            answer = _object(found)
            if "access_token" not in answer:
                raise ProviderUnavailableError(f"paypal: no token, found {status}")
            self._token = str(answer["access_token"])
            lasts = int(answer.get("expires_in", 0)) - EARLY_SECONDS
            self._until = self.seconds() + lasts
        return self._token


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if body else {}
    except ValueError as wrong:
        raise ProviderUnavailableError("paypal: expected JSON in its answer") from wrong
    return found if isinstance(found, dict) else {}


def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
    """
    Send one request, and follow nothing.

    Raises:
        ProviderUnavailableError: no answer.

    """
    import urllib3  # noqa: PLC0415 - only where it is used

    try:
        with urllib3.PoolManager(retries=False, timeout=SECONDS) as pool:
            found = pool.request(
                method,
                url,
                body=body or None,
                headers=dict(headers),
                redirect=False,
                preload_content=False,
            )
            return found.status, found.read(BYTES_MAX)
    except (urllib3.exceptions.HTTPError, OSError) as wrong:
        raise ProviderUnavailableError(f"paypal: {type(wrong).__name__}") from wrong
