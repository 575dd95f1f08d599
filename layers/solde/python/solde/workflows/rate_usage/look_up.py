"""One identity in the index of an execution: its place is guessed, for identities are even."""

from array import array
from bisect import bisect_left
from math import isqrt

from solde.domain.usage.buckets import bucket_of
from solde.domain.usage.segments import (
    PREFIX_BYTES,
    Entry,
    entry_of,
    order_span,
    prefix,
    prefixes_of,
    rest_spans,
)
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.state import Execution, Result

SPREAD = 6
"""Standard deviations by which a guess may be off before the whole column is read."""
ALL = 1 << 64


def look_up(identity: str, execution: Execution, objects: ObjectStore) -> Entry | None:
    """Return the entry of an identity, read in a few small ranges nearly always."""
    bucket = bucket_of(identity, execution.buckets)
    result = execution.results[bucket]
    if not result.entries:
        return None
    wanted = prefix(identity)
    guess = (wanted * execution.buckets - bucket * ALL) * result.entries // ALL
    near = SPREAD * isqrt(result.entries) + SPREAD
    low, high = max(0, guess - near), min(result.entries, guess + near)
    column = _column(result, low, high, objects)
    if (low > 0 and column[0] >= wanted) or (high < result.entries and column[-1] <= wanted):
        low = 0
        column = _column(result, 0, result.entries, objects)
    index = bisect_left(column, wanted)
    while index < len(column) and column[index] == wanted:
        entry = entry_of(wanted, *_rest(result, low + index, objects))
        if entry.identity == identity:
            return entry
        index += 1
    return None


def _rest(result: Result, index: int, objects: ObjectStore) -> tuple[bytes, bytes, bytes]:
    def read(span: tuple[int, int]) -> bytes:
        offset = result.second[0] + span[0]
        return objects.get_range(result.key, offset=offset, length=span[1])

    number = int.from_bytes(read(order_span(index)))
    mark, day, place = map(read, rest_spans(number, result.entries))
    return mark, day, place


def _column(result: Result, low: int, high: int, objects: ObjectStore) -> "array[int]":
    offset = result.first[0] + low * PREFIX_BYTES
    length = (high - low) * PREFIX_BYTES
    return prefixes_of(objects.get_range(result.key, offset=offset, length=length))
