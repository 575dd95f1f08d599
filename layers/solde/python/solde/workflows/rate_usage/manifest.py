"""The input manifest: who writes it first has its number, and it fixes what is read."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from solde.domain.usage.buckets import buckets_for
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.state import RatingStateError, State
from solde.workflows.raw_events import PREFIX, events_in, hour_of

SCHEMA = 1
OPEN_FOR = timedelta(hours=25)
"""An hour closes 24 hours after its end."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What one execution reads.

    `carried` are results whose open rejects are tried again, `inputs` raw objects; both together,
    in this order, are the places that the index names. `as_of` is business time, `began_at` the
    wall clock's; `open_from` is the earliest hour that was still open.
    """

    number: int
    as_of: datetime
    began_at: datetime
    open_from: str
    buckets: int
    carried: tuple[str, ...]
    inputs: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return (*self.carried, *self.inputs)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    When an execution is for (business time), and when it looks (wall clock).

    `buckets` tells how many so many events take.
    """

    as_of: datetime
    began_at: datetime
    buckets: Callable[[int], int] = buckets_for


def next_manifest(state: State, asked: Asked, objects: ObjectStore) -> Manifest:
    """List the raw objects of open hours that no manifest names, and the rejects left open."""
    named = frozenset(state.named)
    listed = objects.list_keys(PREFIX, after=f"{PREFIX}{state.open_from}")
    inputs = tuple(key for key in listed if key not in named)
    carried = [one for one in state.latest.results if one.open_count] if state.latest else []
    events = sum(map(events_in, inputs)) + sum(one.open_count for one in carried)
    return Manifest(
        number=state.number + 1,
        as_of=asked.as_of,
        began_at=asked.began_at,
        open_from=state.open_from,
        buckets=asked.buckets(events) if events else 1,
        carried=tuple(one.key for one in carried),
        inputs=inputs,
    )


def take(manifest: Manifest, objects: ObjectStore) -> bool:
    """Take the number; False when somebody else has it."""
    body = orjson.dumps({"schema": SCHEMA, **asdict(manifest)})
    return objects.put_new(_key(manifest.number), body, content_type="application/json")


def read_manifest(number: int, objects: ObjectStore) -> Manifest | None:
    """
    Read the manifest of an execution, if it was taken.

    Raises:
        RatingStateError: it is of another schema.

    """
    body = objects.get(_key(number))
    if body is None:
        return None
    said: Mapping[str, Any] = orjson.loads(body)
    if said["schema"] != SCHEMA:
        raise RatingStateError(f"manifest {number}: expected schema {SCHEMA}, found {said}")
    return Manifest(
        number=said["number"],
        as_of=datetime.fromisoformat(said["as_of"]),
        began_at=datetime.fromisoformat(said["began_at"]),
        open_from=said["open_from"],
        buckets=said["buckets"],
        carried=tuple(said["carried"]),
        inputs=tuple(said["inputs"]),
    )


def still_open(manifest: Manifest, named: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the first hour that was open when a manifest was made, and what is named since."""
    open_from = f"{manifest.began_at - OPEN_FOR:%Y-%m-%dT%H}"
    every = (*named, *manifest.inputs)
    return open_from, tuple(key for key in every if hour_of(key) >= open_from)


def _key(number: int) -> str:
    return f"rating/manifests/{number:08d}.json"
