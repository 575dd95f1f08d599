"""Who an event is, and what it says: two digests that stand for it in the index."""

import hashlib

IDENTITY_DIGITS = 32
CONTENT_DIGITS = 16


def identity(source: str, event_id: str) -> str:
    """Return 16 bytes as hex digits; neither part can hold a NUL, so the join is unambiguous."""
    return hashlib.sha256(f"{source}\0{event_id}".encode()).hexdigest()[:IDENTITY_DIGITS]


def content_digest(canonical: bytes) -> str:
    """Return 8 bytes as hex digits over type, subject, time and data in canonical JSON."""
    return hashlib.sha256(canonical).hexdigest()[:CONTENT_DIGITS]
