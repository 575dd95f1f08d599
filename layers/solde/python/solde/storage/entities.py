"""The seller's legal entities: a few, read often, changed as new versions."""

from collections.abc import Sequence
from dataclasses import replace

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.invoicing.parties import Entity
from solde.ports.billing import Entities
from solde.ports.records import Record
from solde.storage import index_keys, keys
from solde.storage.parties import entity_from_item, entity_to_item, unchanged
from solde.storage.records import record_from_item, record_to_item
from solde.storage.regimes import RegimeTable
from solde.storage.table import Below, ConditionFailedError, Item, Put, Table


class EntityTable:
    """The port `Entities` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def entity(self, code: str) -> Entity:
        item = self._table.get(keys.version("entity", code))
        if item is None:
            raise NotFoundError(f"entity: expected one of the seller's, found {code!r}")
        entity = entity_from_item(item)
        return replace(entity, taxes=RegimeTable(self._table).regime(entity.tax_regime))

    def all(self) -> Sequence[Entity]:
        rows = self._table.listed(index_keys.listing("cat", "entity"))
        return sorted((self.entity(_code(row)) for row in rows), key=lambda one: one.code)

    def put(self, entity: Entity, record: Record | None = None) -> None:
        """
        Store a version; the latest is the one that counts.

        Raises:
            StateConflictError: a later version is there already, or its templates just changed.

        """
        before = self._table.get(keys.version("entity", entity.code)) or {}
        item = entity_to_item(entity)
        item |= {name: before[name] for name in ("templates", "templated") if name in before}
        if record:
            created_at = record_from_item(before).created_at if before else record.created_at
            kept = replace(record, version=entity.version, created_at=created_at)
            item |= record_to_item(kept)
        try:
            newer = Below("version", entity.version, guard="newer")
            self._table.write(Put(item, (newer, unchanged(before))))
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"entity {entity.code}: expected a version above {entity.version}"
            ) from failed


class EntitiesOnce:
    """The port `Entities` for a look over all of them: what was read for it is kept."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._known: dict[str, Entity] = {}

    def entity(self, code: str) -> Entity:
        return self._known[code] if code in self._known else self._entities.entity(code)

    def all(self) -> Sequence[Entity]:
        if not self._known:
            self._known = {one.code: one for one in self._entities.all()}
        return list(self._known.values())


def _code(row: Item) -> str:
    return str(row["list_sk"]).partition("#")[2]
