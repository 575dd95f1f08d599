"""Bodies of objects on disk: what a bench stores in S3 is no memory of the product's."""

from collections.abc import Iterator, MutableMapping
from pathlib import Path


class Folder(MutableMapping[str, bytes]):
    """The objects of a bucket, one file each; which key has which file is kept in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.mkdir(parents=True)
        self._files: dict[str, Path] = {}
        self._count = 0

    def __getitem__(self, key: str) -> bytes:
        return self._files[key].read_bytes()

    def __setitem__(self, key: str, body: bytes) -> None:
        self._count += 1
        file = self._files.setdefault(key, self._path / str(self._count))
        file.write_bytes(body)

    def __delitem__(self, key: str) -> None:
        self._files.pop(key).unlink()

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
