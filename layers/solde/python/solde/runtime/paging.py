"""Lists, newest first, over all shards of an index; the cursor is the last key that was shown."""

import base64
import binascii
import heapq
from typing import Any

from solde.domain.errors import InvalidError
from solde.runtime.wiring import table
from solde.storage import keys

LIMIT_MAX = 100


def page(kind: str, *, cursor: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """
    Return index rows of a kind and the cursor of the next page, None on the last.

    Raises:
        InvalidError: the limit or the cursor is none.

    """
    if not 1 <= limit <= LIMIT_MAX:
        raise InvalidError(f"limit: expected 1 to {LIMIT_MAX}, found {limit}", pointer="/limit")
    below = _opened(cursor) if cursor else None
    rows = [
        row
        for shard in keys.listing_shards(kind)
        for row in table().listed(shard, below=below, limit=limit + 1)
    ]
    newest = heapq.nlargest(limit + 1, rows, key=lambda row: row["list_sk"])
    if len(newest) <= limit:
        return newest, None
    return newest[:limit], _closed(newest[limit - 1]["list_sk"])


def _closed(sort_key: str) -> str:
    return base64.urlsafe_b64encode(sort_key.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as wrong:
        raise InvalidError(
            f"cursor: expected one that a list gave, found {cursor!r}", pointer="/cursor"
        ) from wrong
