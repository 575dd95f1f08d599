"""
Prove that a delivery is PayPal's: RSA over id, time, our webhook's id and the body's CRC32.

The CRC32 binds the body only against accidents: whoever can send us one genuine signature could
make another body of the same sum. So a delivery says which capture to ask about, and no more:
amounts are read from PayPal's API when it is settled.
"""

import base64
import re
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solde.adapters.errors import SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

PAST = timedelta(days=4)
"""PayPal tries for three days, and says when it first did; ids make a replay harmless."""
FUTURE = timedelta(minutes=5)
ALGORITHM = "SHA256withRSA"
SIGNATURE_CHARS = 1_400
_ID = re.compile(r"[A-Za-z0-9-]{1,100}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


class Proof(NamedTuple):
    """What PayPal sends beside the body."""

    identity: str
    time: str
    url: str
    algorithm: str
    signature: str


def proof_of(headers: Mapping[str, str]) -> Proof:
    """Return the five headers; one that is missing is empty, and proves nothing."""
    names = ("transmission-id", "transmission-time", "cert-url", "auth-algo", "transmission-sig")
    return Proof(*(headers.get(f"paypal-{name}", "") for name in names))


def verify(
    body: bytes,
    proof: Proof,
    webhook_id: str,
    key_at: Callable[[str], "RSAPublicKey"],
    *,
    now: datetime,
) -> None:
    """
    Check a delivery against our own webhook's id; `now` is wall time.

    `key_at` returns the key of a certificate that was proved; it is asked last, and only for what
    is well-formed and in time.

    Raises:
        SignatureError: malformed, stale, from the future, or signed by nobody we know.
        ProviderUnavailableError: the certificate cannot be had now: it shall be sent again.

    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only where it is used
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

    if not webhook_id or not _ID.fullmatch(proof.identity):
        raise SignatureError("paypal-transmission-id: expected an id")
    if proof.algorithm != ALGORITHM:
        raise SignatureError(f"paypal-auth-algo: expected {ALGORITHM}")
    _in_time(proof.time, now)
    given = _bytes(proof.signature)
    signed = f"{proof.identity}|{proof.time}|{webhook_id}|{zlib.crc32(body)}"
    try:
        key_at(proof.url).verify(given, signed.encode(), PKCS1v15(), SHA256())
    except InvalidSignature as wrong:
        raise SignatureError("paypal-transmission-sig: expected PayPal's") from wrong


def _in_time(text: str, now: datetime) -> None:
    if not _TIME.fullmatch(text):
        raise SignatureError("paypal-transmission-time: expected an instant in UTC")
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as wrong:
        raise SignatureError("paypal-transmission-time: expected an instant") from wrong
    if not now - PAST <= at <= now + FUTURE:
        raise SignatureError(f"paypal-transmission-time: expected within 4 days of {now}")


def _bytes(text: str) -> bytes:
    if not text or len(text) > SIGNATURE_CHARS:
        raise SignatureError("paypal-transmission-sig: expected base64")
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as wrong:
        raise SignatureError("paypal-transmission-sig: expected base64") from wrong
