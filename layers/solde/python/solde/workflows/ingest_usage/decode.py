"""The body of a request: one CloudEvent, a batch of them, or a plain array; gzip or not."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from solde.domain.errors import SoldeError
from solde.domain.usage.event import shown

SINGLE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
PLAIN = "application/json"
BODY_BYTES = 10_000_000
"""Decompressed: a body that grows beyond it is refused, however small it came."""
EVENTS = 10_000


class MalformedBodyError(SoldeError):
    """The body is no JSON, or not compressed as it says."""

    code = "malformed_json"


class BodyTooLargeError(SoldeError):
    code = "too_large"


class UnsupportedMediaError(SoldeError):
    code = "unsupported_media_type"


@dataclass(frozen=True, slots=True)
class Batch:
    """`single` says that one event was sent, not an array: pointers then begin at the event."""

    events: Sequence[object]
    single: bool


def decode_body(body: bytes, *, content_type: str, encoding: str) -> Batch:
    """
    Return the events of a request, none of them looked at yet.

    Raises:
        UnsupportedMediaError, BodyTooLargeError, MalformedBodyError: as their names say.

    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (SINGLE, BATCH, PLAIN):
        raise UnsupportedMediaError(
            f"Content-Type: expected {SINGLE}, {BATCH} or {PLAIN}, found {shown(content_type)}"
        )
    text = _opened(body, encoding.strip().lower())
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as wrong:
        raise MalformedBodyError(f"body: expected JSON, found: {wrong}") from wrong
    if isinstance(found, list) and kind != SINGLE:
        return _batch(found)
    if kind == BATCH:
        raise MalformedBodyError(f"body: expected an array of events, found {shown(found)}")
    return Batch((found,), single=True)


def _batch(found: list[object]) -> Batch:
    if not found:
        raise MalformedBodyError("body: expected at least one event, found an empty array")
    if len(found) > EVENTS:
        raise BodyTooLargeError(f"body: expected at most {EVENTS} events, found {len(found)}")
    return Batch(found, single=False)


def _opened(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        if len(body) > BODY_BYTES:
            raise BodyTooLargeError(f"body: expected at most {BODY_BYTES} bytes, found {len(body)}")
        return body
    if encoding != "gzip":
        raise UnsupportedMediaError(f"Content-Encoding: expected gzip, found {shown(encoding)}")
    opener = zlib.decompressobj(31)
    try:
        text = opener.decompress(body, BODY_BYTES + 1)
    except zlib.error as wrong:
        raise MalformedBodyError(f"body: expected gzip, found: {wrong}") from wrong
    if len(text) > BODY_BYTES:
        raise BodyTooLargeError(f"body: expected at most {BODY_BYTES} bytes, found more")
    if not opener.eof or opener.unused_data:
        raise MalformedBodyError("body: expected one whole gzip stream, found another length")
    return text
