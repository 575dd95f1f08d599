"""
Raw events at rest: objects of compressed lines, one event each, below the hour they came in.

A line is a JSON array in the order of `Event`; its first columns stand at fixed places, so that
rating sorts events by identity without reading the whole of them.
"""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime

import orjson

from solde.domain.errors import SoldeError
from solde.domain.usage.event import Draft, Event
from solde.domain.usage.identity import content_digest, identity
from solde.ports.objects import ObjectStore

SCHEMA = 1
PREFIX = "raw/"
GZIP = 31
"""The window of zlib that reads and writes gzip."""
LEVEL = 4
"""A twentieth more bytes than level 6 for two thirds of its time."""
IDENTITY = slice(2, 34)
"""Where the identity stands in a line."""
AT_US = 55
"""Where the time of the event begins; it ends at the next comma."""


class RawObjectError(SoldeError):
    """A raw object is gone, cut off, or of a schema that is not known."""

    code = "raw_object"


def line(draft: Draft, *, received_ms: int) -> bytes:
    """Write an event with its two digests; what was sent beside its known fields is not kept."""
    said: tuple[object, ...] = (draft.type, draft.subject, draft.at_us, draft.data)
    if draft.amends:
        said = (*said, draft.amends)
    canonical = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    written_as = (
        identity(draft.source, draft.id),
        content_digest(canonical),
        draft.at_us,
        received_ms,
        draft.source,
        draft.id,
        draft.type,
        draft.subject,
        draft.data,
    )
    return orjson.dumps((*written_as, draft.amends) if draft.amends else written_as)


def written(event: Event) -> bytes:
    return orjson.dumps(event.fields)


def read_line(text: bytes) -> Event:
    return Event(*orjson.loads(text))


def put_events(lines: Sequence[bytes], *, at: datetime, objects: ObjectStore) -> str:
    """
    Store lines as one object and return its key.

    The key follows from the content: the same lines again are the same object. It ends with the
    number of events, so that the volume of a rating is known from keys alone.
    """
    header = orjson.dumps({"schema": SCHEMA, "events": len(lines)})
    text = b"\n".join([header, *lines])
    digest = hashlib.sha256(text).hexdigest()[:20]
    key = f"{PREFIX}{at:%Y-%m-%dT%H}/{digest}-{len(lines)}.ndjson.gz"
    objects.put_new(key, compressed(text), content_type="application/gzip")
    return key


def compressed(text: bytes, level: int = LEVEL) -> bytes:
    """Compress to gzip without a time in it: the same text gives the same bytes."""
    return zlib.compress(text, level, GZIP)


def hour_of(key: str) -> str:
    return key.removeprefix(PREFIX).partition("/")[0]


def events_in(key: str) -> int:
    """
    Return how many events a raw object holds.

    Raises:
        RawObjectError: the key is none of ours.

    """
    _, _, count = key.removesuffix(".ndjson.gz").rpartition("-")
    if not count.isdecimal():
        raise RawObjectError(f"raw object: expected a key that ends in its count, found {key!r}")
    return int(count)


def read_events(key: str, objects: ObjectStore) -> list[bytes]:
    """
    Return the lines of a raw object.

    Raises:
        RawObjectError: it is gone, cut off, or of another schema.

    """
    body = objects.get(key)
    if body is None:
        raise RawObjectError(f"raw object {key}: expected it in the store, found nothing")
    try:
        header, *lines = zlib.decompress(body, GZIP).split(b"\n")
        said = orjson.loads(header)
    except (zlib.error, ValueError) as wrong:
        raise RawObjectError(f"raw object {key}: {wrong}") from wrong
    if said != {"schema": SCHEMA, "events": len(lines)}:
        raise RawObjectError(
            f"raw object {key}: expected schema {SCHEMA} and {len(lines)} events, found {said}"
        )
    return lines
