"""Rejects: events that count for nothing now, each with its reason; some are tried again."""

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import orjson

from solde.domain.usage.event import EPOCH, Event, Flaw
from solde.workflows.rate_usage.state import KEPT_FOR
from solde.workflows.raw_events import GZIP

OPEN_CODES = frozenset(
    {"unknown_subject", "ambiguous_subject", "unknown_meter", "not_metered", "unknown_event"}
)
"""What a change of the catalog or of the subscriptions can repair: tried again for 35 days."""


class Reject(NamedTuple):
    """`since` is the number of the execution that refused the event first."""

    code: str
    pointer: str
    detail: str
    since: int
    event: Event


class RejectLog:
    """Rows of one kind, compressed as they come: there may be as many as events."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(6, zlib.DEFLATED, GZIP)
        self._packed: list[bytes] = []
        self.count = 0

    def add(self, reject: Reject) -> None:
        row = orjson.dumps((*reject[:4], reject.event.fields), option=orjson.OPT_APPEND_NEWLINE)
        self._packed.append(self._packer.compress(row))
        self.count += 1

    def body(self) -> bytes:
        return b"".join([*self._packed, self._packer.flush()]) if self.count else b""


def reject(code: str, flaw: Flaw, since: int, event: Event) -> Reject:
    return Reject(code, flaw.pointer, flaw.detail, since, event)


def stays_open(one: Reject, began_at: datetime) -> bool:
    """Say whether an event is tried again by the next execution."""
    kept_from_ms = (began_at - KEPT_FOR - EPOCH).total_seconds() * 1000
    return one.code in OPEN_CODES and one.event.received_ms >= kept_from_ms


def rejects_in(body: bytes) -> Iterator[Reject]:
    """Read the rows of a section."""
    if not body:
        return
    for row in zlib.decompress(body, GZIP).splitlines():
        code, pointer, detail, since, event = orjson.loads(row)
        yield Reject(code, pointer, detail, since, Event(*event))
