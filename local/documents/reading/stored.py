"""The stored invoice that a file claims to be: by its number, among those of its day of issue."""

import json
from pathlib import Path

from local.documents.life import Document
from local.documents.reading.opened import UnreadableError
from local.documents.reading.read import Read
from solde.ports.objects import ObjectStore
from solde.storage import index_keys, keys
from solde.storage.invoices import header_from_item
from solde.storage.table import Item, Key, Table

PAGE = 100


def document_at(found: Read, against: Path | None, home: Path) -> Document:
    """
    Return the document to compare with: a file, or what the local cloud has stored.

    Raises:
        UnreadableError: there is none.

    """
    if against:
        return closed_in(against)
    from local.stores import stores_of  # noqa: PLC0415 - a file needs no cloud
    from local.up import attached  # noqa: PLC0415

    stores = stores_of(attached(home))
    number, issued_on = (found.terms.get(term, "") for term in ("BT-1", "BT-2"))
    return stored(number, issued_on, stores.table, stores.archive)


def closed_in(path: Path) -> Document:
    """
    Return the closed document in a file.

    Raises:
        UnreadableError: it is none.

    """
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UnreadableError(f"expected a closed document as JSON in {path}: {error}") from error
    if not isinstance(document, dict) or "envelope" not in document:
        raise UnreadableError(f"expected a closed document with its envelope in {path}")
    return document


def stored(number: str, issued_on: str, table: Table, archive: ObjectStore) -> Document:
    """
    Return the closed document with a number.

    Raises:
        UnreadableError: none of that day has it.

    """
    row = _listed(number, issued_on, table)
    item = table.get(Key(row["pk"], row["sk"])) if row else None
    if item is None:
        raise UnreadableError(f"expected an invoice {number} of {issued_on}, found none stored")
    place = header_from_item(item).place
    body = archive.get_range(place.key, offset=place.offset, length=place.length)
    document: Document = json.loads(body)
    return document


def _listed(number: str, issued_on: str, table: Table) -> Item | None:
    """Look through the lists of documents, which are ordered by their day of issue."""
    for shard in index_keys.listing_shards("inv"):
        below: str | None = f"{issued_on}#{keys.LAST}"
        while below:
            rows = table.listed(shard, below=below, limit=PAGE)
            of_day = [row for row in rows if row["list_sk"].startswith(issued_on)]
            for row in of_day:
                if row["number"] == number:
                    return row
            below = rows[-1]["list_sk"] if rows and len(of_day) == PAGE else None
    return None
