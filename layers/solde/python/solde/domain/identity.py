"""Ids: a prefix and 26 sortable characters. What Solde derives gets the same id every time."""

import hashlib
from datetime import UTC, datetime, timedelta

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 26
NOUNS = {
    "cus": "a customer",
    "sub": "a subscription",
    "sit": "an item",
    "inv": "an invoice",
    "crn": "a credit note",
    "lch": "late charges",
    "lcn": "a note on late charges",
    "pay": "a payment",
    "att": "an attempt to collect",
    "pmt": "a payment method",
    "fee": "a fee of a provider",
    "ref": "a refund",
    "rfd": "a refund asked for",
    "apc": "applied credit",
    "dsp": "a dispute",
    "wof": "a write-off",
    "run": "a bill run",
    "adj": "an adjustment",
    "jrn": "a journal entry",
    "pln": "an invoice plan",
    "wal": "a wallet",
    "lot": "a top-up",
    "dep": "a deposit",
    "dlv": "a delivery",
    "stm": "an account statement",
    "btx": "a bank transfer",
    "man": "a mandate",
    "ddb": "a file of debits",
    "tur": "a top-up request",
    "lnk": "a link to a customer's own pages",
    "ntc": "what a customer says of a document",
    "whe": "a webhook endpoint",
    "msg": "a message to an endpoint",
}
"""What the prefixes of ids stand for."""
TAIL_BITS = 80
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def derived_id(prefix: str, *natural_key: str, at: datetime) -> str:
    """
    Return the id of a thing that follows from others: 48 bits of time, 80 bits of hash.

    `at` comes from the message or the run record, never from a clock, so a repeat gives the same.
    """
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()
    return new_id(prefix, at=at, tail=int.from_bytes(digest[: TAIL_BITS // 8]))


def new_id(prefix: str, *, at: datetime, tail: int) -> str:
    """Return the id of a thing that a caller creates; `tail` is 80 bits of chance, given."""
    milliseconds = (at - EPOCH) // MILLISECOND
    return f"{prefix}_{_base32((milliseconds << TAIL_BITS) | tail)}"


def instant_of(identity: str) -> datetime | None:
    """Return the instant that an id carries, to the millisecond; None if it is no id."""
    prefix, _, text = identity.rpartition("_")
    if not is_id(prefix, identity):
        return None
    number = 0
    for char in text:
        number = number << 5 | ALPHABET.index(char)
    return EPOCH + (number >> TAIL_BITS) * MILLISECOND


def is_id(prefix: str, text: str) -> bool:
    return (
        text.startswith(prefix + "_")
        and len(text) == len(prefix) + 1 + LENGTH
        and all(char in ALPHABET for char in text[len(prefix) + 1 :])
    )


def no_id(prefix: str, text: str) -> str:
    """Say why a text is not the id that was expected; one of another kind is named as such."""
    mine, _, _ = text.partition("_")
    if is_id(mine, text) and mine in NOUNS and mine != prefix:
        return f"this is {NOUNS[mine]} id; expected {NOUNS[prefix]} id, found {text!r}"
    return f"expected {prefix}_…, found {text[:100]!r}"


def _base32(number: int) -> str:
    """Write two characters at a time: every document and every customer's plan has an id made."""
    return "".join([PAIRS[(number >> shift) & 1023] for shift in range((LENGTH - 2) * 5, -1, -10)])
