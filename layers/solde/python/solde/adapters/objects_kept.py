"""Objects in memory: what a replay needs of a store, remembered, and read again elsewhere."""

from collections.abc import Iterator
from datetime import date

from solde.domain.errors import NotFoundError
from solde.ports.objects import ObjectStore


class KeptObjects:
    """Objects for reading, by key; with a store behind them, what is read of it is kept."""

    def __init__(self, bodies: dict[str, bytes], behind: ObjectStore | None = None) -> None:
        self.bodies = bodies
        self._behind = behind

    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        said = f"{key} as {content_type}, until {kept_until}"
        raise TypeError(f"kept objects are for reading, found {len(body)} bytes for {said}")

    def get(self, key: str) -> bytes | None:
        if key not in self.bodies and self._behind:
            body = self._behind.get(key)
            if body is not None:
                self.bodies[key] = body
        return self.bodies.get(key)

    def get_range(self, key: str, *, offset: int, length: int) -> bytes:
        body = self.get(key)
        if body is None:
            raise NotFoundError(f"object: expected {key}, found nothing")
        return body[offset : offset + length]

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        yield from sorted(key for key in self.bodies if key.startswith(prefix) and key > after)
