"""
The identity index of one execution and bucket: entries of 34 bytes, in columns.

The first column holds the first eight bytes of every identity, sorted: it alone is read to find
which of a day's events have been seen before. The others hold the rest: for each of the first
column the number under which its entry came, and then, in the order they came, the other eight
bytes of the identity with eight of content digest, the event's day, and the number of the raw
object in the manifest, inside which an event is found by its identity.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

FIRST_DAY = date(1970, 1, 1)
PREFIX_BYTES = 8
ORDER_BYTES = 4
MARK_BYTES = 16
DAY_BYTES = 2
PLACE_BYTES = 4


class Entry(NamedTuple):
    """`identity` and `digest` are hex digits; `place` counts the inputs of the manifest."""

    identity: str
    day: date
    digest: str
    place: int


def prefix(identity: str) -> int:
    """Return the first eight bytes of an identity as a number: the order of a segment."""
    return int(identity[:16], 16)


def day_number(day: date) -> int:
    return (day - FIRST_DAY).days


@dataclass(slots=True)
class Columns:
    """Entries in the order they came; `marks` are the rests of identities with their digests."""

    prefixes: "array[int]" = field(default_factory=lambda: array("Q"))
    marks: bytearray = field(default_factory=bytearray)
    days: "array[int]" = field(default_factory=lambda: array("H"))
    places: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, entry: Entry) -> None:
        self.prefixes.append(prefix(entry.identity))
        self.marks += bytes.fromhex(entry.identity[16:] + entry.digest)
        self.days.append(day_number(entry.day))
        self.places.append(entry.place)

    def mark(self, number: int) -> str:
        """Return the rest of an identity and the digest, as hex digits."""
        return self.marks[number * MARK_BYTES : (number + 1) * MARK_BYTES].hex()

    def packed(self) -> tuple[bytes, bytes]:
        """Return the first column and the others."""
        order = sorted(range(len(self.prefixes)), key=self.prefixes.__getitem__)
        first = _stored(array("Q", map(self.prefixes.__getitem__, order)))
        numbers = _stored(array("I", order))
        days, places = _stored(self.days[:]), _stored(self.places[:])
        return first, b"".join([numbers, self.marks, days, places])


def prefixes_of(column: bytes) -> "array[int]":
    found = array("Q")
    found.frombytes(column)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def order_span(index: int) -> tuple[int, int]:
    """Return where the number of the entry is, whose prefix is at `index`: offset and length."""
    return index * ORDER_BYTES, ORDER_BYTES


def rest_spans(number: int, entries: int) -> tuple[tuple[int, int], ...]:
    """Return where the three parts of an entry lie in the second column: offset and length."""
    marks = entries * ORDER_BYTES
    days = marks + entries * MARK_BYTES
    places = days + entries * DAY_BYTES
    return (
        (marks + number * MARK_BYTES, MARK_BYTES),
        (days + number * DAY_BYTES, DAY_BYTES),
        (places + number * PLACE_BYTES, PLACE_BYTES),
    )


def entries_of(prefixes: Sequence[int], rests: bytes, wanted: int) -> Iterator[Entry]:
    """Yield the entries whose identity begins with a prefix: one, nearly always."""
    index = bisect_left(prefixes, wanted)
    while index < len(prefixes) and prefixes[index] == wanted:
        at, length = order_span(index)
        number = int.from_bytes(rests[at : at + length])
        spans = rest_spans(number, len(prefixes))
        yield entry_of(wanted, *(rests[at : at + length] for at, length in spans))
        index += 1


def entry_of(wanted: int, mark: bytes, day: bytes, place: bytes) -> Entry:
    text = mark.hex()
    on = FIRST_DAY + timedelta(days=int.from_bytes(day))
    return Entry(f"{wanted:016x}{text[:16]}", on, text[16:], int.from_bytes(place))


def _stored(numbers: "array[int]") -> bytes:
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()
