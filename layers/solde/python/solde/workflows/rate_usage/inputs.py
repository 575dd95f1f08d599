"""Step 1: the events of a bucket, straight from raw objects or from parts split by identity."""

from collections.abc import Iterator

from solde.domain.usage.buckets import bucket_of
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.raw_events import IDENTITY, read_events

PART_BYTES = 16_000_000
"""What is held of all buckets together before it is written."""

Block = tuple[int, list[bytes]]
"""The place of an input, and lines of it."""


def blocks(manifest: Manifest, bucket: int, objects: ObjectStore) -> Iterator[Block]:
    """Yield the lines of one bucket in the order of the manifest."""
    if manifest.buckets == 1:
        for place, key in enumerate(manifest.inputs, start=len(manifest.carried)):
            yield place, read_events(key, objects)
    else:
        for key in objects.list_keys(_part_prefix(manifest, bucket)):
            yield from _opened(objects.get(key) or b"")


def split(manifest: Manifest, objects: ObjectStore) -> None:
    """Write parts by bucket; done again it writes the same parts, which are there already."""
    if manifest.buckets == 1:
        return
    by_digits = {
        f"{number:02x}".encode(): bucket_of(f"{number:02x}", manifest.buckets)
        for number in range(256)
    }
    digits = slice(IDENTITY.start, IDENTITY.start + 2)
    parts = _Parts(manifest, objects)
    for place, key in enumerate(manifest.inputs, start=len(manifest.carried)):
        sorted_lines: list[list[bytes]] = [[] for _ in range(manifest.buckets)]
        for line in read_events(key, objects):
            sorted_lines[by_digits[line[digits]]].append(line)
        parts.add(place, sorted_lines)
    parts.write()


class _Parts:
    def __init__(self, manifest: Manifest, objects: ObjectStore) -> None:
        self._manifest = manifest
        self._objects = objects
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._held: list[list[bytes]] = [[] for _ in range(self._manifest.buckets)]
        self._size = 0

    def add(self, place: int, sorted_lines: list[list[bytes]]) -> None:
        for held, lines in zip(self._held, sorted_lines, strict=True):
            if lines:
                block = b"\n".join([b"#%d" % place, *lines])
                held.append(block)
                self._size += len(block)
        if self._size >= PART_BYTES:
            self.write()

    def write(self) -> None:
        for bucket, held in enumerate(self._held):
            if held:
                # Not compressed: it lives for minutes, and zlib would cost more than all else here.
                key = f"{_part_prefix(self._manifest, bucket)}{self._number:05d}.ndjson"
                body = b"\n".join(held)
                self._objects.put_new(key, body, content_type="application/x-ndjson")
        self._number += 1
        self._begin()


def _opened(body: bytes) -> Iterator[Block]:
    place, lines = -1, list[bytes]()
    for line in body.split(b"\n"):
        if line.startswith(b"#"):
            if lines:
                yield place, lines
            place, lines = int(line[1:]), []
        else:
            lines.append(line)
    if lines:
        yield place, lines


def _part_prefix(manifest: Manifest, bucket: int) -> str:
    return f"rating/split/{manifest.number:08d}/{bucket:03d}/"
