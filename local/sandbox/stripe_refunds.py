"""A stand-in for Stripe's refunds: one answer for one idempotency key, never a second refund."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

Answer = tuple[int, dict[str, Any]]
REFUSED = "pi_refused"
"""A payment whose name begins so cannot be paid back."""


@dataclass(slots=True)
class RefundsSandbox:
    """Remembers what it was asked under which key; `refunds` are those made, by key."""

    refunds: dict[str, dict[str, str]] = field(default_factory=dict)

    def post(self, headers: dict[str, str], body: str) -> Answer:
        """Answer a POST to /v1/refunds; names of headers are in lower case."""
        key, asked = headers.get("idempotency-key", ""), dict(parse_qsl(body))
        if "authorization" not in headers:
            return 401, _error("invalid_request_error", "You did not provide an API key.")
        if self.refunds.setdefault(key, asked) != asked:
            return 400, _error("idempotency_error", "Keys can only be used with the same request.")
        if asked["payment_intent"].startswith(REFUSED):
            return 400, _error("charge_already_refunded", "It has already been refunded.")
        return 200, {
            "id": f"re_3{sha256(key.encode()).hexdigest()[:23]}",
            "object": "refund",
            "amount": int(asked["amount"]),
            "payment_intent": asked["payment_intent"],
            "metadata": {"refund_id": asked.get("metadata[refund_id]", "")},
            "status": "succeeded",
        }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "type": "invalid_request_error"}}
