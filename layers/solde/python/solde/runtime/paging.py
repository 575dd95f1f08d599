"""Lists, newest first; a cursor is where a page ended, so that rows may be added meanwhile."""

import base64
import binascii
import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from solde.domain.errors import InvalidError
from solde.runtime.fields import listed
from solde.runtime.wiring import table
from solde.storage import index_keys, keys

LIMIT_MAX = 100
PAGES_MAX = 10
"""Pages that one call reads at most: with a filter a page may be short and have more."""
PLACE_MAX = 300

Row = dict[str, Any]
Thing = TypeVar("Thing")
Read = Callable[[str | None, int], list[tuple[str, Row]]]
"""(place to begin below, how many) → rows with their places, the highest first."""


def _every(_row: Row) -> bool:
    return True


def _never(_row: Row) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a caller wants of a list.

    `keep` says which rows; `past` is true from the first row on behind which none can be wanted.
    """

    cursor: str | None
    limit: int
    keep: Callable[[Row], bool] = _every
    past: Callable[[Row], bool] = _never


def page(read: Read, asked: Asked) -> tuple[list[Row], str | None]:
    """
    Return the rows of a page, and the cursor of the next, None on the last.

    Raises:
        InvalidError: the limit or the cursor is none.

    """
    limit = checked(asked.limit)
    below = _opened(asked.cursor) if asked.cursor else None
    rows: list[Row] = []
    for _ in range(PAGES_MAX):
        found = read(below, limit + 1)
        for number, (place, row) in enumerate(found[:limit], 1):
            if asked.past(row):
                return rows, None
            if asked.keep(row):
                rows.append(row)
            if len(rows) == limit:
                return rows, _closed(place) if number < len(found) else None
        if len(found) <= limit:
            return rows, None
        below = found[limit - 1][0]
    return rows, _closed(below or "")


def slice_of(
    names: Sequence[str], *, cursor: str | None, limit: int
) -> tuple[Sequence[str], str | None]:
    """Return the page of a short list, given whole and in order."""
    above = _opened(cursor) if cursor else ""
    left = [name for name in names if name > above]
    shown = left[: checked(limit)]
    return shown, _closed(shown[-1]) if len(left) > len(shown) else None


def short_list(
    found: Mapping[str, Thing],
    show: Callable[[Thing], dict[str, Any]],
    *,
    cursor: str | None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of a list that is there as a whole, in the order of its names."""
    names, following = slice_of(sorted(found), cursor=cursor, limit=limit)
    return listed([show(found[name]) for name in names], next_cursor=following)


def indexed(kind: str) -> Read:
    """Read a kind by the list index, over all its shards."""
    return _over(index_keys.listing_shards(kind))


def indexed_at(list_pk: str) -> Read:
    """Read a list that has one shard only."""
    return _over((list_pk,))


def owned(customer_id: str, *prefixes: str, without: str = "") -> Read:
    """
    Read things of one customer, whose ids order them; all kinds that are named together.

    `prefixes` are those of sort keys up to the id's sortable part; rows whose sort key has
    `without` in it are left out.
    """

    def of_one(prefix: str, below: str | None, limit: int) -> Iterable[tuple[str, Row]]:
        items = table().query(
            keys.customer_pk(customer_id),
            first=prefix,
            last=prefix + (below or keys.LAST),
            backwards=True,
            limit=None if without else limit + 1,
        )
        for item in items:
            place = str(item["sk"]).removeprefix(prefix)
            if place != below and not (without and without in place):
                yield place, item

    def read(below: str | None, limit: int) -> list[tuple[str, Row]]:
        rows = [row for one in prefixes for row in islice(of_one(one, below, limit), limit)]
        return heapq.nlargest(limit, rows, key=lambda row: row[0])

    return read


def merged(reads: Sequence[Read]) -> Read:
    """Read several lists whose places order each other as one."""

    def read(below: str | None, limit: int) -> list[tuple[str, Row]]:
        rows = [row for one in reads for row in one(below, limit)]
        return heapq.nlargest(limit, rows, key=lambda row: row[0])

    return read


def checked(limit: int) -> int:
    if not 1 <= limit <= LIMIT_MAX:
        raise InvalidError(f"limit: expected 1 to {LIMIT_MAX}, found {limit}", pointer="/limit")
    return limit


def _over(shards: Sequence[str]) -> Read:
    def read(below: str | None, limit: int) -> list[tuple[str, Row]]:
        rows = (row for one in shards for row in table().listed(one, below=below, limit=limit))
        newest = heapq.nlargest(limit, rows, key=lambda row: row["list_sk"])
        return [(row["list_sk"], row) for row in newest]

    return read


def _closed(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as wrong:
        raise _no_cursor(cursor) from wrong
    if not 0 < len(place) <= PLACE_MAX:
        raise _no_cursor(cursor)
    return place


def _no_cursor(cursor: str) -> InvalidError:
    return InvalidError(
        f"cursor: expected one that a list gave, found {cursor!r}", pointer="/cursor"
    )
