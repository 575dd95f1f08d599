"""Catalog things by kind, as lists show them."""

from solde.storage import keys
from solde.storage.table import Item, Table

KINDS = ("entity", "product", "meter", "price", "plan")


def of_kind(table: Table, kind: str) -> list[Item]:
    """Return the latest versions of a kind in order of their names."""
    rows = table.listed(keys.listing("cat", kind), limit=1000)
    found = [
        table.get(keys.version(kind, str(row["list_sk"]).partition("#")[2]))
        for row in rows
        if str(row["list_sk"]).startswith(f"{kind}#")
    ]
    return sorted((item for item in found if item), key=lambda item: item["pk"])
