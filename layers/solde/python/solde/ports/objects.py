"""Write-once objects (S3): a key is written once, and read whole or by range."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, Protocol


class ObjectStore(Protocol):
    def put_new(
        self, key: str, body: bytes, *, content_type: str, kept_until: date | None = None
    ) -> bool:
        """
        Store an object unless the key is taken; say whether it was stored now.

        The day until which the law wants it kept is told beside it.
        """
        ...

    def get(self, key: str) -> bytes | None: ...

    def get_range(self, key: str, *, offset: int, length: int) -> bytes: ...

    def list_keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        """Yield the keys under a prefix in order, those behind `after` only."""
        ...


class Retained(NamedTuple):
    """The day until which an object says it is kept, and until when nobody can delete it."""

    kept_until: date | None
    locked_until: date | None


class Retention(Protocol):
    def locks(self) -> bool:
        """Say whether what is written is locked."""
        ...

    def retained(self, key: str) -> Retained | None:
        """Read how long an object is kept; None if there is no such object."""
        ...
