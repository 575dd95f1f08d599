"""Requests that carried a key: begun, then ended with their answer, kept for seven days."""

from dataclasses import dataclass

from solde.storage import keys
from solde.storage.table import (
    ConditionFailedError,
    Delete,
    Item,
    NoItem,
    Put,
    Table,
    Update,
)

KEPT_SECONDS = 7 * 86_400
LEASE_SECONDS = 120
"""A request that began and never ended (a crash) lets its key go after this."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`status` None: the first request is still being worked."""

    asked: str
    status: int | None
    body: str


def begin(table: Table, digest: str, asked: str, *, now: int) -> Attempt | None:
    """Take a key for a request; return what stands under it if somebody was first."""
    key = keys.idempotency(digest)
    item: Item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": 1,
        "asked": asked,
        "began": now,
        "expires_at": now + KEPT_SECONDS,
    }
    try:
        table.write(Put(item, (NoItem(guard="first_request"),)))
    except ConditionFailedError as failed:
        stored = failed.refused[0].stored or {}
        if "status" not in stored and now - stored.get("began", now) > LEASE_SECONDS:
            table.write(Put(item))
            return None
        return Attempt(stored.get("asked", asked), stored.get("status"), stored.get("body", ""))
    return None


def finish(table: Table, digest: str, *, status: int, body: str) -> None:
    table.write(Update(keys.idempotency(digest), set={"status": status, "body": body}))


def withdraw(table: Table, digest: str) -> None:
    """Let a key go whose request had no effect."""
    table.write(Delete(keys.idempotency(digest)))
