"""Prove that a delivery is Stripe's: HMAC-SHA256 over the raw bytes, within five minutes."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from solde.adapters.errors import SignatureError

TOLERANCE_SECONDS = 300
STAMP_DIGITS = 12
"""Seconds until the year 33658; Python reads no number of thousands of digits."""


def verify(body: bytes, header: str, secrets: Sequence[str], *, now: int) -> None:
    """
    Check a Stripe-Signature header: exactly one `t`, any of its `v1` under any current secret.

    `now` is wall time in seconds: this is a security window, not a business deadline. An empty
    secret proves nothing: anybody can sign with it.

    Raises:
        SignatureError: malformed, stale, from the future, or signed by nobody we know.

    """
    stamps, signatures = _parts(header)
    if len(stamps) != 1 or not _seconds(stamps[0]):
        raise SignatureError("Stripe-Signature: expected exactly one t=<seconds>")
    if abs(now - int(stamps[0])) > TOLERANCE_SECONDS:
        raise SignatureError(f"Stripe-Signature: expected t within 300 s of {now}")
    signed = stamps[0].encode() + b"." + body
    keys = [secret.encode() for secret in secrets if secret.strip()]
    genuine = [hmac.new(key, signed, sha256).hexdigest().encode() for key in keys]
    given = [one.encode(errors="replace") for one in signatures]
    if not any(hmac.compare_digest(one, other) for one in genuine for other in given):
        raise SignatureError("Stripe-Signature: expected a v1 signature of this endpoint's secret")


def sign(body: bytes, secret: str, *, at: int) -> str:
    """Return the header that Stripe would send; the sandbox and the tests sign with it."""
    signed = str(at).encode() + b"." + body
    return f"t={at},v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"


def _parts(header: str) -> tuple[list[str], list[str]]:
    pairs = [part.partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in pairs if name == "t"]
    signatures = [value for name, _, value in pairs if name == "v1"]
    return stamps, signatures


def _seconds(stamp: str) -> bool:
    return stamp.isascii() and stamp.isdigit() and len(stamp) <= STAMP_DIGITS
