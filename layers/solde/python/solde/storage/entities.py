"""The seller's legal entities: a few, read often, changed as new versions."""

from collections.abc import Sequence

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.invoicing.parties import Entity
from solde.storage import keys
from solde.storage.parties import entity_from_item, entity_to_item
from solde.storage.table import Below, ConditionFailedError, Item, Put, Table


class EntityTable:
    """The port `Entities` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def entity(self, code: str) -> Entity:
        item = self._table.get(keys.version("entity", code))
        if item is None:
            raise NotFoundError(f"entity: expected one of the seller's, found {code!r}")
        return entity_from_item(item)

    def all(self) -> Sequence[Entity]:
        rows = self._table.listed(keys.listing("cat", "entity"))
        return sorted((self.entity(_code(row)) for row in rows), key=lambda one: one.code)

    def put(self, entity: Entity) -> None:
        """
        Store a version; the latest is the one that counts.

        Raises:
            StateConflictError: a later version is there already.

        """
        try:
            self._table.write(
                Put(entity_to_item(entity), (Below("version", entity.version, guard="newer"),))
            )
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"entity {entity.code}: expected a version above {entity.version}"
            ) from failed


def _code(row: Item) -> str:
    return str(row["list_sk"]).partition("#")[2]
