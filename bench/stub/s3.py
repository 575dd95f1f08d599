"""S3: objects by key, written once where that is asked for, read whole or by range, listed."""

import hashlib
import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from bench.stub.answers import XML, Answer, Asked, NotStubbedError, xml_error
from bench.stub.bodies import Folder

Bodies = MutableMapping[str, bytes]
PAGE = 1_000
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
VIRTUAL_HOST = re.compile(r"(?P<bucket>.+)\.s3[.-].*amazonaws\.com")


class S3Stub:
    """
    Bodies by bucket and key; a bucket is there once something lies in it.

    With a folder they lie on disk.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.buckets: dict[str, Bodies] = {}
        self._folder = folder
        self._operations: dict[str, Callable[[Asked, Bodies, str], Answer]] = {
            "PutObject": _put,
            "GetObject": _get,
            "HeadObject": _head,
            "DeleteObject": _delete,
            "ListObjectsV2": _list,
        }

    def answer(self, asked: Asked) -> Answer:
        act = self._operations.get(asked.operation)
        if act is None:
            raise NotStubbedError(f"S3: found {asked.operation}")
        bucket, key = _place(asked.url)
        if bucket not in self.buckets:
            self.buckets[bucket] = Folder(self._folder / bucket) if self._folder else {}
        return act(asked, self.buckets[bucket], key)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/")
    if virtual := VIRTUAL_HOST.fullmatch(parts.hostname or ""):
        return virtual["bucket"], path
    bucket, _, key = path.partition("/")
    return bucket, key


def _put(asked: Asked, objects: Bodies, key: str) -> Answer:
    if asked.headers.get("If-None-Match") == "*" and key in objects:
        return xml_error(412, "PreconditionFailed")
    body = asked.body
    if "aws-chunked" in asked.headers.get("Content-Encoding", ""):
        body = _unchunked(body)
    objects[key] = body
    return Answer(headers={"ETag": _etag(body)})


def _get(asked: Asked, objects: Bodies, key: str) -> Answer:
    if key not in objects:
        return xml_error(404, "NoSuchKey")
    body = objects[key]
    headers = {"ETag": _etag(body), "Content-Type": "binary/octet-stream"}
    wanted = RANGE.fullmatch(asked.headers.get("Range", ""))
    if wanted is None:
        return Answer(body, headers=headers)
    first, last = int(wanted[1]), int(wanted[2] or len(body) - 1)
    if first >= len(body):
        return xml_error(416, "InvalidRange")
    part = body[first : last + 1]
    headers["Content-Range"] = f"bytes {first}-{first + len(part) - 1}/{len(body)}"
    return Answer(part, 206, headers)


def _head(_asked: Asked, objects: Bodies, key: str) -> Answer:
    if key not in objects:
        return Answer(status=404)
    body = objects[key]
    return Answer(headers={"ETag": _etag(body), "content-length": str(len(body))})


def _delete(_asked: Asked, objects: Bodies, key: str) -> Answer:
    objects.pop(key, None)
    return Answer(status=204)


def _list(asked: Asked, objects: Bodies, _key: str) -> Answer:
    said = {name: values[0] for name, values in parse_qs(urlsplit(asked.url).query).items()}
    after = said.get("continuation-token", said.get("start-after", ""))
    most = int(said.get("max-keys", PAGE))
    keys = sorted(key for key in objects if key.startswith(said.get("prefix", "")) and key > after)
    rows = "".join(_row(key, objects[key], said) for key in keys[:most])
    token = ""
    if more := len(keys) > most:
        token = f"<NextContinuationToken>{escape(keys[most - 1])}</NextContinuationToken>"
    return Answer(
        f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>"
        f"<KeyCount>{min(most, len(keys))}</KeyCount>{token}{rows}"
        "</ListBucketResult>".encode(),
        headers=XML,
    )


def _row(key: str, body: bytes, said: dict[str, str]) -> str:
    shown = quote(key) if said.get("encoding-type") == "url" else escape(key)
    return (
        f"<Contents><Key>{shown}</Key><Size>{len(body)}</Size><ETag>{_etag(body)}</ETag></Contents>"
    )


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _unchunked(body: bytes) -> bytes:
    """Take the frames off that carry a checksum behind the body."""
    whole, at = b"", 0
    while True:
        end = body.index(b"\r\n", at)
        length = int(body[at:end].split(b";")[0], 16)
        if not length:
            return whole
        whole += body[end + 2 : end + 2 + length]
        at = end + 2 + length + 2
