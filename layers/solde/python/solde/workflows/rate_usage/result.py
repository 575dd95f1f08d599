"""
The result of a bucket: one object, so that everything it says is said at once or not at all.

A JSON header, whose length is in the first four bytes, tells where the sections lie: the two
columns of the index, open and final rejects, and per day the partials, sorted by customer,
subscription and meter.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson

from solde.domain.usage.day_state import cells_from_json, cells_to_json
from solde.domain.usage.partial import Cells
from solde.ports.objects import ObjectStore
from solde.ports.usage import Payer
from solde.workflows.rate_usage.state import Result, Span
from solde.workflows.rate_usage.tally import Tally
from solde.workflows.raw_events import GZIP, compressed

SCHEMA = 1
LENGTH_BYTES = 4
HEADER_BYTES = 64_000
"""What is read of an object to get at its header, nearly always in one go."""
CHUNK = 64_000
AT_ONCE_BYTES = 1_000_000
"""How much is read of several days at once, packed: memory must not grow with the usage."""
SECTIONS = ("first", "second", "open", "final", "subjects", "amends")
"""All but the days; what is newer than a stored object is missing in it."""

UsedBy = Mapping[Payer, Mapping[tuple[date, str], Cells]]


class Used(NamedTuple):
    """What a payer used on a day by one meter, as one bucket has seen it."""

    customer_id: str
    subscription_id: str
    meter: str
    day: date
    entity: str
    zone: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result with what it counted."""

    result: Result
    counts: Mapping[str, int]
    metered: Mapping[str, int]


def result_key(number: int, bucket: int) -> str:
    return f"rating/results/{number:08d}-{bucket:03d}"


def encode(tally: Tally) -> bytes:
    """Write a tally; the same events give the same bytes."""
    tally.forget_identities()
    index = tally.index
    first, second = index.packed()
    sections = {
        "first": first,
        "second": second,
        "open": tally.open.body(),
        "final": tally.final.body(),
        "subjects": _subjects(tally.subjects),
        "amends": compressed(b"\n".join(tally.amends)) if tally.amends else b"",
        **day_sections(tally.used()),
    }
    header = {
        "entries": len(index.prefixes),
        "open": tally.open.count,
        "final": tally.final.count,
        "counts": dict(sorted({**tally.counts, "rated": len(index.prefixes)}.items())),
        "metered": dict(sorted(tally.metered.items())),
    }
    return packed(sections, header)


def packed(sections: Mapping[str, bytes], said: Mapping[str, Any]) -> bytes:
    """Write an object of sections, most of them there though empty."""
    spans, at = {}, 0
    for name, body in sections.items():
        spans[name] = (at, len(body))
        at += len(body)
    header = orjson.dumps({"schema": SCHEMA, **said, "spans": spans})
    return b"".join([len(header).to_bytes(LENGTH_BYTES), header, *sections.values()])


def read_outcome(key: str, objects: ObjectStore) -> Outcome:
    """Read the header of a stored result."""
    head = objects.get_range(key, offset=0, length=HEADER_BYTES)
    length = int.from_bytes(head[:LENGTH_BYTES])
    if length + LENGTH_BYTES > len(head):
        head = objects.get_range(key, offset=0, length=length + LENGTH_BYTES)
    start = LENGTH_BYTES + length
    header: dict[str, Any] = orjson.loads(head[LENGTH_BYTES:start])
    spans: dict[str, Span] = {
        name: (start + at, size) for name, (at, size) in header["spans"].items()
    }
    fixed = {name: spans.pop(name, (0, 0)) for name in SECTIONS}
    result = Result(
        key=key,
        entries=header["entries"],
        days=spans,
        open_count=header["open"],
        final_count=header["final"],
        **fixed,
    )
    return Outcome(result, header["counts"], header["metered"])


def used_rows(key: str, day: str, span: Span, objects: ObjectStore) -> Iterator[Used]:
    """Yield the partials of a day in order, unpacking them as they are asked for."""
    yield from _used(day, objects.get_range(key, offset=span[0], length=span[1]))


def used_days(result: Result, objects: ObjectStore) -> Iterator[Used]:
    """Yield the partials of all days; days that lie side by side are read together."""
    for days in _side_by_side(result.days):
        (start, _), (last, size) = days[0][1], days[-1][1]
        body = objects.get_range(result.key, offset=start, length=last + size - start)
        for day, (at, length) in days:
            yield from _used(day, body[at - start : at - start + length])


def _side_by_side(spans: Mapping[str, Span]) -> Iterator[list[tuple[str, Span]]]:
    """Cut days into runs without a gap, each no longer than what may be read at once."""
    run: list[tuple[str, Span]] = []
    for day, (at, size) in sorted(spans.items(), key=lambda one: one[1]):
        if run:
            (start, _), (last, length) = run[0][1], run[-1][1]
            if at != last + length or at + size - start > AT_ONCE_BYTES:
                yield run
                run = []
        run.append((day, (at, size)))
    if run:
        yield run


def _used(day: str, body: bytes) -> Iterator[Used]:
    on = date.fromisoformat(day)
    for row in _lines(body):
        customer_id, subscription_id, meter, entity, zone, cells = orjson.loads(row)
        yield Used(
            customer_id, subscription_id, meter, on, entity, zone, cells_from_json(cells)
        )  # fmt: skip


def day_sections(used: UsedBy) -> dict[str, bytes]:
    """Return the rows of each day, compressed; the text of one payer is its place in the order."""
    found: dict[date, list[tuple[Payer, str, Cells]]] = {}
    for payer in sorted(used):
        for (day, meter), cells in sorted(used[payer].items(), key=lambda one: one[0]):
            found.setdefault(day, []).append((payer, meter, cells))
    return {
        f"{day}": compressed(b"\n".join(_row(*one) for one in found[day])) for day in sorted(found)
    }


def _subjects(found: Mapping[str, Payer]) -> bytes:
    said = {subject: tuple(found[subject]) for subject in sorted(found)}
    return compressed(orjson.dumps(said)) if said else b""


def _row(payer: Payer, meter: str, cells: Cells) -> bytes:
    return orjson.dumps(
        [
            payer.customer_id,
            payer.subscription_id,
            meter,
            payer.entity,
            payer.zone,
            cells_to_json(cells),
        ]
    )


def _lines(body: bytes) -> Iterator[bytes]:
    opener = zlib.decompressobj(GZIP)
    rest = b""
    for at in range(0, len(body), CHUNK):
        *whole, rest = (rest + opener.decompress(body[at : at + CHUNK])).split(b"\n")
        yield from whole
    yield rest
