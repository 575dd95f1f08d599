"""
The identity index of one execution and bucket: sorted entries of 30 bytes, in two columns.

The first column holds the first eight bytes of every identity: it alone is read to find which of
a day's events have been seen before. The second holds the rest of an entry: eight bytes of
identity, the event's day, eight bytes of content digest, and the number of the raw object in the
manifest, inside which the event is found by its identity.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from struct import Struct
from typing import NamedTuple

FIRST_DAY = date(1970, 1, 1)
PREFIX_BYTES = 8
REST = Struct(">8sH8sL")


class Entry(NamedTuple):
    """`identity` and `digest` are hex digits; `place` counts the inputs of the manifest."""

    identity: str
    day: date
    digest: str
    place: int


def prefix(identity: str) -> int:
    """Return the first eight bytes of an identity as a number: the order of a segment."""
    return int(identity[:16], 16)


def rest(entry: Entry) -> bytes:
    days = (entry.day - FIRST_DAY).days
    tail, digest = bytes.fromhex(entry.identity[16:]), bytes.fromhex(entry.digest)
    return REST.pack(tail, days, digest, entry.place)


def columns(prefixes: Sequence[int], rests: bytearray | bytes) -> tuple[bytes, bytes]:
    """Sort entries, given as prefixes and their rests in the same order, into the two columns."""
    order = sorted(range(len(prefixes)), key=prefixes.__getitem__)
    first = array("Q", [prefixes[index] for index in order])
    size, second = REST.size, bytearray(len(rests))
    for place, index in enumerate(order):
        second[place * size : (place + 1) * size] = rests[index * size : (index + 1) * size]
    return _big_endian(first).tobytes(), bytes(second)


def prefixes_of(column: bytes) -> "array[int]":
    found = array("Q")
    found.frombytes(column)
    return _big_endian(found)


def entries_of(prefixes: Sequence[int], second: bytes, wanted: int) -> Iterator[Entry]:
    """Yield the entries whose identity begins with a prefix: one, nearly always."""
    index = bisect_left(prefixes, wanted)
    while index < len(prefixes) and prefixes[index] == wanted:
        yield entry_of(wanted, second[index * REST.size : (index + 1) * REST.size])
        index += 1


def entry_of(wanted: int, packed: bytes) -> Entry:
    tail, days, digest, place = REST.unpack(packed)
    identity = f"{wanted:016x}{tail.hex()}"
    return Entry(identity, FIRST_DAY + timedelta(days=days), digest.hex(), place)


def _big_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
