"""What a queue message carries: the events of one small request, compressed."""

import base64
import binascii
import zlib
from collections.abc import Sequence

import orjson

from solde.domain.errors import SoldeError

SCHEMA = 1
TEXT_BYTES = 1_000_000
"""What the lines of one message may come to, so that many messages fit a packer's memory."""
MESSAGE_BYTES = 200_000
"""SQS takes 256 KiB."""
FAST = 1


class MalformedParcelError(SoldeError):
    """A message that is none of ours: the queue keeps it, and then its dead letters do."""

    code = "malformed_parcel"


def parcel(lines: Sequence[bytes]) -> str | None:
    """Return a message body, in characters that SQS takes; None if it would be too large."""
    text = b"\n".join(lines)
    if len(text) > TEXT_BYTES:
        return None
    packed = base64.b64encode(zlib.compress(text, FAST)).decode()
    if len(packed) > MESSAGE_BYTES:
        return None
    return orjson.dumps({"schema": SCHEMA, "events": len(lines), "lines": packed}).decode()


def opened(body: str) -> list[bytes]:
    """
    Return the lines of a message.

    Raises:
        MalformedParcelError: it is none of ours, or of another schema.

    """
    try:
        said = orjson.loads(body)
        schema, events = said["schema"], said["events"]
        opener = zlib.decompressobj()
        text = opener.decompress(base64.b64decode(said["lines"], validate=True), TEXT_BYTES + 1)
    except (ValueError, KeyError, TypeError, zlib.error, binascii.Error) as wrong:
        raise MalformedParcelError(f"message: {type(wrong).__name__}: {wrong}") from wrong
    lines = text.split(b"\n")
    if schema != SCHEMA or len(lines) != events or not opener.eof:
        raise MalformedParcelError(
            f"message: expected schema {SCHEMA} and {events} events, "
            f"found schema {schema} and {len(lines)}"
        )
    return lines
