"""Pack: the small requests of a queue's batch become few objects; twice does no harm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from solde.ports.objects import ObjectStore
from solde.workflows.ingest_usage.parcel import MalformedParcelError, opened
from solde.workflows.raw_events import put_events

OBJECT_BYTES = 8_000_000
"""Lines of one object, uncompressed: rating holds one object at a time."""


@dataclass(frozen=True, slots=True)
class Packed:
    """`malformed` names the messages that are none of ours: the queue keeps them."""

    keys: tuple[str, ...]
    events: int
    malformed: tuple[str, ...]


def pack(messages: Mapping[str, str], *, at: datetime, objects: ObjectStore) -> Packed:
    """
    Store the events of messages, given by their ids.

    A message that is given again is stored again, perhaps in other company; rating knows its
    events by their identity.
    """
    keys, malformed, events = [], [], 0
    lines: list[bytes] = []
    size = 0
    for message_id, body in messages.items():
        try:
            found = opened(body)
        except MalformedParcelError:
            malformed.append(message_id)
            continue
        lines += found
        events += len(found)
        size += sum(map(len, found))
        if size >= OBJECT_BYTES:
            keys.append(put_events(lines, at=at, objects=objects))
            lines, size = [], 0
    if lines:
        keys.append(put_events(lines, at=at, objects=objects))
    return Packed(tuple(keys), events, tuple(malformed))
