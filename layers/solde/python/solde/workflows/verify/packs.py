"""Objects read once for a whole proof: many documents lie in one pack."""

from collections.abc import Iterator
from datetime import date

from solde.ports.objects import ObjectStore


class ReadOnce:
    """An object store for reading, which keeps what it has read."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects
        self._read: dict[str, bytes | None] = {}

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        return self._objects.put_new(key, body, content_type=content_type, kept_until=kept_until)

    def get(self, key: str) -> bytes | None:
        if key not in self._read:
            self._read[key] = self._objects.get(key)
        return self._read[key]

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        return (self.get(key) or b"")[offset : offset + length]

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        return self._objects.list_keys(prefix, after=after)
