"""API keys as stored: their hash, never themselves."""

from collections.abc import Sequence
from datetime import datetime

from solde.storage import keys
from solde.storage.table import NoItem, Put, Table


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
        "list_pk": keys.listing("key", "0"),
        "list_sk": f"{at.isoformat()}#{digest[:16]}",
    }
    table.write(Put(item, (NoItem(),)))
