"""Records as attributes of the item that they belong to."""

from solde.ports.records import Record
from solde.storage.reading import instant, present, reading
from solde.storage.table import Item


def record_to_item(record: Record) -> Item:
    return {
        "version": record.version,
        **present(
            created_at=record.created_at.isoformat() if record.created_at else None,
            updated_at=record.updated_at.isoformat() if record.updated_at else None,
            metadata=dict(record.metadata) or None,
        ),
    }


def record_from_item(item: Item) -> Record:
    with reading(item):
        created_at = instant(item.get("created_at"))
        return Record(
            created_at=created_at,
            updated_at=instant(item.get("updated_at")) or created_at,
            version=item.get("version", 1),
            metadata=item.get("metadata", {}),
        )
