"""Corrections and cancellations as they are logged: the event, who pays, and what it moved."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import orjson

from solde.domain.usage.event import CANCELS, Event
from solde.domain.usage.identity import identity
from solde.domain.usage.lineage import Link
from solde.ports.objects import ObjectStore
from solde.ports.usage import Payer
from solde.workflows.rate_usage.state import Result
from solde.workflows.raw_events import GZIP, compressed


class Amendment(NamedTuple):
    """
    `payer` is there for a correction; `since` is the execution that took the event first.

    `meters` are the codes of those that it moved, if it counted when it was applied; `waits` says
    that the event that it names is not there yet.
    """

    event: Event
    payer: Payer | None
    since: int
    meters: Sequence[str] = ()
    waits: bool = False

    @property
    def target(self) -> str:
        """Return the identity of the event that is corrected or cancelled."""
        _, source, event_id = self.event.amends or ("", "", "")
        return identity(source, event_id)

    @property
    def link(self) -> Link:
        event = self.event
        cancels = bool(event.amends and event.amends[0] == CANCELS)
        return Link(event.at_us, event.identity, self.target, cancels)


def logged(amendments: Sequence[Amendment]) -> bytes:
    """Write what was applied, and what waits."""
    rows = [
        orjson.dumps([one.event.fields, tuple(one.payer) if one.payer else None, *one[2:]])
        for one in amendments
    ]
    return compressed(b"\n".join(rows)) if rows else b""


def amendments_in(result: Result, objects: ObjectStore) -> Iterator[Amendment]:
    offset, length = result.amends
    if length:
        body = objects.get_range(result.key, offset=offset, length=length)
        yield from amendments_of(zlib.decompress(body, GZIP).split(b"\n"))


def amendments_of(rows: Iterable[bytes]) -> Iterator[Amendment]:
    for row in rows:
        event, payer, *more = orjson.loads(row)
        yield Amendment(Event(*event), Payer(*payer) if payer else None, *more)
