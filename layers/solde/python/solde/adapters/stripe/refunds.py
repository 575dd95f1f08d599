"""Ask Stripe to pay back: one POST under our id as its idempotency key, however often."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from solde.adapters.errors import ProviderUnavailableError
from solde.ports.refunds import RefundAsked, Refused, Sent

TIMEOUT_SECONDS = 20
BYTES_MAX = 64_000
OK = 200
REFUSALS = (400, 402, 404)
"""What Stripe answers when it will not do it; all else may be asked again."""


@dataclass(frozen=True, slots=True)
class StripeRefunds:
    """The port `Provider`; `base` is where Stripe's API is, or its sandbox."""

    base: str
    key: str

    def refund(self, wanted: RefundAsked) -> Sent | Refused:
        fields = {
            "payment_intent": wanted.reference,
            "amount": str(wanted.amount.minor),
            "metadata[refund_id]": wanted.id,
        }
        status, answer = self._post("/v1/refunds", urlencode(fields), wanted.id)
        if status == OK and isinstance(answer.get("id"), str):
            if answer.get("status") in ("failed", "canceled"):
                return Refused(f"{answer['status']}: {answer.get('failure_reason', '')}"[:200])
            return Sent(answer["id"])
        if status in REFUSALS:
            error = answer.get("error") or {}
            said = error.get("code") or error.get("type") or status
            return Refused(f"{said}: {error.get('message', '')}"[:200])
        raise ProviderUnavailableError(f"stripe: expected 200, found {status}")

    def _post(self, path: str, body: str, key: str) -> tuple[int, dict[str, Any]]:
        target = urlsplit(self.base)
        kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
        connection = kind(target.netloc, timeout=TIMEOUT_SECONDS)
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Idempotency-Key": key,
        }
        try:
            connection.request("POST", f"{target.path}{path}", body.encode(), headers)
            with connection.getresponse() as found:
                status, answer = found.status, json.loads(found.read(BYTES_MAX))
        except (OSError, HTTPException, ValueError) as wrong:
            raise ProviderUnavailableError(f"stripe: {type(wrong).__name__}") from wrong
        finally:
            connection.close()
        return status, answer if isinstance(answer, dict) else {}
