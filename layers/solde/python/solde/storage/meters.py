"""All meters of the catalog: found by the list, read by key, kept since they never change."""

from collections.abc import Sequence

from solde.domain.catalog import Meter
from solde.storage import index_keys, keys
from solde.storage.catalog_items import meter_from_item
from solde.storage.table import Key, Table

PAGE = 100
KIND = "meter"


class MeterTable:
    """The port `Meters` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen: dict[Key, Meter] = {}

    def meters(self) -> Sequence[Meter]:
        wanted = [Key(pk, sk) for pk, sk in self._listed()]
        new = [key for key in wanted if key not in self._seen]
        for key, item in self._table.get_many(new).items():
            self._seen[key] = meter_from_item(item)
        return tuple(self._seen[key] for key in wanted if key in self._seen)

    def _listed(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        below: str | None = f"{KIND}#{keys.LAST}"
        while below is not None:
            rows = self._table.listed(index_keys.listing("cat", KIND), below=below, limit=PAGE)
            mine = [row for row in rows if row["list_sk"].startswith(f"{KIND}#")]
            found += [(row["pk"], row["sk"]) for row in mine]
            below = mine[-1]["list_sk"] if len(mine) == PAGE else None
        return sorted(found)
