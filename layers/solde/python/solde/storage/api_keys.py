"""API keys as stored: their hash, never themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from solde.domain.errors import NotFoundError
from solde.storage import index_keys, keys
from solde.storage.reading import reading
from solde.storage.table import Item, ItemExists, Key, NoItem, Put, Table, Update

LISTED = index_keys.listing("key", "0")
ID_LENGTH = 16
PAGE = 100


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`id` is the first part of the key's hash: it names the key and tells nothing of it."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked: bool


def put_api_key(
    table: Table, digest: str, *, name: str, scopes: Sequence[str], at: datetime
) -> None:
    """Store a new key by its hash, with what it may do."""
    key = keys.api_key(digest)
    item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": 1,
        "name": name,
        "scopes": list(scopes),
        "created_at": at.isoformat(),
        "list_pk": LISTED,
        "list_sk": f"{at.isoformat()}#{digest[:ID_LENGTH]}",
    }
    table.write(Put(item, (NoItem(),)))


def api_keys(table: Table) -> list[ApiKey]:
    """Return all keys that were ever made, newest first."""
    items = table.get_many([key for key, _ in _listed(table)])
    found = [_from_item(item) for item in items.values()]
    return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


def revoke_api_key(table: Table, key_id: str) -> None:
    """
    Refuse a key from now on; functions that saw it last forget it within a minute.

    Raises:
        NotFoundError: there is no such key.

    """
    found = next((key for key, listed_id in _listed(table) if listed_id == key_id), None)
    if found is None:
        raise NotFoundError(f"key: expected the id of one that is listed, found {key_id!r}")
    table.write(Update(found, set={"revoked": True}, conditions=(ItemExists(),)))


def _listed(table: Table) -> list[tuple[Key, str]]:
    found: list[tuple[Key, str]] = []
    below: str | None = keys.LAST
    while below is not None:
        rows = table.listed(LISTED, below=below, limit=PAGE)
        found += [(Key(row["pk"], row["sk"]), row["list_sk"].rpartition("#")[2]) for row in rows]
        below = rows[-1]["list_sk"] if len(rows) == PAGE else None
    return found


def _from_item(item: Item) -> ApiKey:
    with reading(item):
        return ApiKey(
            id=item["pk"].removeprefix("KEY#")[:ID_LENGTH],
            name=item["name"],
            scopes=tuple(item["scopes"]),
            created_at=datetime.fromisoformat(item["created_at"]),
            revoked=bool(item.get("revoked")),
        )
