"""Write-once objects (S3): a key is written once, and read whole or by range."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol


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
