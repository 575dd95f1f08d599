"""The object store as a model: keys are written once."""

from collections.abc import Iterator
from datetime import date

from solde.ports.objects import Retained


class ModelObjects:
    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.kept_until: dict[str, date] = {}

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        assert content_type
        if key in self.bodies:
            return False
        self.bodies[key] = body
        if kept_until:
            self.kept_until[key] = kept_until
        return True

    def get(self, key: str) -> bytes | None:
        return self.bodies.get(key)

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        return self.bodies[key][offset : offset + length]

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        yield from sorted(key for key in self.bodies if key.startswith(prefix) and key > after)

    def locks(self) -> bool:
        return False

    def retained(self, key: str) -> Retained | None:
        return Retained(self.kept_until.get(key), None) if key in self.bodies else None
