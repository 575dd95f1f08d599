"""Standard Webhooks: what is called proves by HMAC that the call is ours, and when it was made."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"


def signed_headers(
    secrets: Sequence[str], identity: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """Return the headers of a call; while a secret rolls over, it is signed with both."""
    text = f"{identity}.{timestamp}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(one, text)}" for one in secrets),
    }


def secret_of(chance: bytes) -> str:
    """Return a secret as it is given away, of 24 to 64 bytes of chance."""
    return PREFIX + base64.b64encode(chance).decode()


def _signature(secret: str, text: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
