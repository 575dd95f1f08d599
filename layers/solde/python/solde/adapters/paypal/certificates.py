"""
Certificates that PayPal signs with: from its own host only, up to a root that we hold.

The address comes from a header that anybody can write. It is matched whole and as it came, no
redirect is followed, no proxy asked, and what is answered is cut short.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from solde.adapters.errors import ProviderUnavailableError, SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import Certificate

BYTES_MAX = 100_000
SECONDS = 3
KEPT = 20
"""Certificates that a process keeps; PayPal uses one or two at a time."""
BITS_LEAST = 2048
CHAIN_MOST = 5
NOT_THERE = range(400, 500)
OK = 200

Fetch = Callable[[str], tuple[int, bytes]]


@dataclass(slots=True)
class Certificates:
    """`host` is where they lie, `name` whom they are made out to, `roots` whom we trust (PEM)."""

    host: str
    name: str
    roots: bytes
    fetch: Fetch
    now: Callable[[], datetime]
    _kept: dict[str, "Certificate"] = field(default_factory=dict)

    def key_at(self, url: str) -> "RSAPublicKey":
        """
        Return the key of the certificate at an address.

        Raises:
            SignatureError: another address, or a certificate that is not PayPal's or not valid now.
            ProviderUnavailableError: its host does not answer.

        """
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415

        held = self._kept.get(url)
        if held is None or not _valid(held, self.now()):
            held = self._fetched(url)
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[url] = held
        key = held.public_key()
        if not isinstance(key, RSAPublicKey) or key.key_size < BITS_LEAST:
            raise SignatureError(f"certificate: expected RSA of {BITS_LEAST} bits or more")
        return key

    def _fetched(self, url: str) -> "Certificate":
        pattern = rf"https://{re.escape(self.host)}/v1/notifications/certs/[A-Za-z0-9_-]{{1,100}}"
        if not re.fullmatch(pattern, url):
            raise SignatureError(f"paypal-cert-url: expected one of {self.host}")
        status, found = self.fetch(url)
        if status in NOT_THERE:
            raise SignatureError(f"certificate: expected one there, found {status}")
        if status != OK:
            raise ProviderUnavailableError(f"paypal certificate: expected 200, found {status}")
        return self._proved(found)

    def _proved(self, pem: bytes) -> "Certificate":
        """Build the chain from the first of the file up to a root of ours, at this instant."""
        from cryptography import x509  # noqa: PLC0415
        from cryptography.x509 import verification  # noqa: PLC0415

        try:
            leaf, *others = _read(pem)
            roots = x509.load_pem_x509_certificates(self.roots)
            store = verification.Store(roots)
            policy = verification.PolicyBuilder().store(store).time(self.now())
            policy = policy.max_chain_depth(CHAIN_MOST)
            policy.build_server_verifier(x509.DNSName(self.name)).verify(leaf, others)
        except (ValueError, verification.VerificationError) as wrong:
            raise SignatureError(f"certificate: {type(wrong).__name__}: {wrong}"[:200]) from wrong
        return leaf


def _read(pem: bytes) -> Sequence["Certificate"]:
    from cryptography import x509  # noqa: PLC0415

    if len(pem) > BYTES_MAX:
        raise SignatureError(f"certificate: expected at most {BYTES_MAX} bytes")
    return x509.load_pem_x509_certificates(pem)


def _valid(one: "Certificate", now: datetime) -> bool:
    return one.not_valid_before_utc <= now <= one.not_valid_after_utc


def fetch(url: str) -> tuple[int, bytes]:
    """
    Get what lies at an address of PayPal: no redirect, no proxy, three seconds, 100 kB.

    Raises:
        ProviderUnavailableError: no answer.

    """
    import urllib3  # noqa: PLC0415 - only when nothing is kept yet

    try:
        with urllib3.PoolManager(retries=False, timeout=SECONDS) as pool:
            found = pool.request("GET", url, redirect=False, preload_content=False)
            return found.status, found.read(BYTES_MAX + 1)
    except (urllib3.exceptions.HTTPError, OSError) as wrong:
        raise ProviderUnavailableError(f"paypal certificate: {type(wrong).__name__}") from wrong
