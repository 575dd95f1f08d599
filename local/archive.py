"""Check the archive: what lies there against what was issued, online or of an export."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from local.stores import stores_of
from local.up import Cloud
from solde.ports.objects import ObjectStore
from solde.storage.audit import AuditTable
from solde.storage.entities import EntityTable
from solde.workflows.verify.archive import Held, Place, archive_checked, held, registered
from solde.workflows.verify.retained import retention_checked

Watch = Callable[[int], None]
DOCUMENTS = "documents.jsonl"


class FolderObjects:
    """The port `ObjectStore` over a folder, for reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        said = f"{key} as {content_type}, until {kept_until}"
        raise TypeError(f"an export is for reading, found {len(body)} bytes for {said}")

    def get(self, key: str) -> bytes | None:
        file = self._folder / key
        return file.read_bytes() if file.is_file() else None

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        return (self.get(key) or b"")[offset : offset + length]

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        files = (one for one in self._folder.rglob("*") if one.is_file())
        keys = sorted(one.relative_to(self._folder).as_posix() for one in files)
        yield from (key for key in keys if key.startswith(prefix) and key > after)


def of_cloud(cloud: Cloud, watch: Watch) -> Iterator[str]:
    """Yield what is wrong of the archive of a deployed system."""
    stores = stores_of(cloud)
    stored = AuditTable(stores.table).stored()
    yield from archive_checked(list(held(stored)), registered(stored), stores.archive, watch)
    entities = EntityTable(stores.table)
    today = datetime.now(UTC).date()
    yield from retention_checked(
        stored, lambda code: entities.entity(code).address.country, stores.archive, today
    )


def of_export(folder: Path, watch: Watch) -> Iterator[str]:
    """Yield what is wrong of an export with its documents: the register in it says the numbers."""
    lines = (folder / DOCUMENTS).read_text("utf-8").splitlines()
    documents = [_held(line) for line in lines]
    yield from archive_checked(documents, _numbers(folder), FolderObjects(folder), watch)


def write_documents(cloud: Cloud, folder: Path) -> int:
    """Write what is held of each document, and the objects that it lies in; return the files."""
    stores = stores_of(cloud)
    stored = AuditTable(stores.table).stored()
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(held(stored))
    text = "".join(json.dumps([one.number, one.places]) + "\n" for one in rows)
    (folder / DOCUMENTS).write_text(text, encoding="utf-8")
    keys = {place.key for one in rows for place in one.places}
    return 1 + sum(_written(stores.archive, key, folder) for key in sorted(keys))


def _written(objects: ObjectStore, key: str, folder: Path) -> bool:
    body = objects.get(key)
    if body is None:
        return False
    file = folder / key
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    return True


def _held(line: str) -> Held:
    number, places = json.loads(line)
    return Held(number, tuple(Place(*one) for one in places))


def _numbers(folder: Path) -> set[str]:
    found = set()
    for file in (folder / "register").rglob("*.json"):
        record = json.loads(file.read_text("utf-8"))
        numbers = range(record["first"], record["last"] + 1)
        found |= {f"{record['series']}-{number:06d}" for number in numbers}
    return found
