"""Catalog things by kind, in order of their codes."""

from collections.abc import Sequence

from solde.storage import index_keys, keys
from solde.storage.table import Below, Item, NoItem, Put, Table

INDEX_PAGE = 1000


def codes_of(table: Table, kind: str) -> list[str]:
    """Return the codes of a kind; the index holds little more, and a catalog is small."""
    first, found = f"{kind}#", []
    below: str | None = f"{first}{keys.LAST}"
    while below is not None:
        rows = table.listed(index_keys.listing("cat", kind), below=below, limit=INDEX_PAGE)
        mine = [str(row["list_sk"]) for row in rows if str(row["list_sk"]).startswith(first)]
        found += [sort_key.removeprefix(first) for sort_key in mine]
        below = mine[-1] if len(mine) == INDEX_PAGE else None
    return sorted(found)


def latest_of(table: Table, kind: str, codes: Sequence[str]) -> list[Item]:
    """Return the latest versions of some things, in the order asked for."""
    wanted = [keys.version(kind, code) for code in codes]
    items = table.get_many(wanted)
    return [items[key] for key in wanted if key in items]


def versions_of(table: Table, kind: str, code: str, numbers: Sequence[int]) -> list[Item]:
    """Return some versions of a thing, in the order asked for."""
    wanted = [keys.version(kind, code, number) for number in numbers]
    items = table.get_many(wanted)
    return [items[key] for key in wanted if key in items]


def next_version(kind: str, identity: str, number: int, body: Item) -> tuple[Put, Put]:
    """Write the next version of a thing as its latest, which is listed, and as one that stays."""
    latest, kept = (keys.version(kind, identity, one) for one in (0, number))
    listing = {"list_pk": index_keys.listing("cat", kind), "list_sk": f"{kind}#{identity}"}
    newer = Below("version", number, guard="newer")
    return (
        Put({"pk": latest.pk, "sk": latest.sk, **listing, **body}, (newer,)),
        Put({"pk": kept.pk, "sk": kept.sk, **body}, (NoItem(guard="version"),)),
    )
