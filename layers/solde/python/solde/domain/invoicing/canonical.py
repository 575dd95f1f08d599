"""The one byte form of a document, and its digest (docs/reference/closed-invoice.md)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import orjson

ENVELOPE = "envelope"
AS_IT_IS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def canonical(document: Mapping[str, Any]) -> bytes:
    """
    Return UTF-8 JSON with sorted keys, no spaces, whole numbers only.

    Raises:
        TypeError: it holds something that JSON has no form for.

    """
    try:
        return orjson.dumps(document, option=AS_IT_IS)
    except orjson.JSONEncodeError:  # also a number of more than 64 bits, which has a form
        return json.dumps(
            document, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def close(draft: Mapping[str, Any], envelope: Mapping[str, Any]) -> dict[str, Any]:
    """Return the closed document: the draft, with what only its seal could give."""
    return {**draft, ENVELOPE: dict(envelope)}


def opened(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the draft again, as it was approved: everything but the envelope."""
    return {name: value for name, value in document.items() if name != ENVELOPE}
