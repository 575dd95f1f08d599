"""Ids: a prefix and 26 sortable characters. What Solde derives gets the same id every time."""

import hashlib
from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 26
TAIL_BITS = 80


def derived_id(prefix: str, *natural_key: str, at: datetime) -> str:
    """
    Return the id of a thing that follows from others: 48 bits of time, 80 bits of hash.

    `at` comes from the message or the run record, never from a clock, so a repeat gives the same.
    """
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()
    return new_id(prefix, at=at, tail=int.from_bytes(digest[: TAIL_BITS // 8]))


def new_id(prefix: str, *, at: datetime, tail: int) -> str:
    """Return the id of a thing that a caller creates; `tail` is 80 bits of chance, given."""
    milliseconds = int(at.timestamp() * 1000)
    return f"{prefix}_{_base32((milliseconds << TAIL_BITS) | tail)}"


def is_id(prefix: str, text: str) -> bool:
    return (
        text.startswith(prefix + "_")
        and len(text) == len(prefix) + 1 + LENGTH
        and all(char in ALPHABET for char in text[len(prefix) + 1 :])
    )


def _base32(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range((LENGTH - 1) * 5, -1, -5))
