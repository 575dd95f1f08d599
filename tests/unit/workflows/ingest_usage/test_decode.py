"""Bodies: what is an event or a batch of them, and what is refused before anybody looks inside."""

import gzip
import json
import zlib

import pytest

from solde.workflows.ingest_usage.decode import (
    BATCH,
    BODY_BYTES,
    PLAIN,
    SINGLE,
    Batch,
    BodyTooLargeError,
    MalformedBodyError,
    UnsupportedMediaError,
    decode_body,
)


def decoded(body: bytes, content_type: str = PLAIN, encoding: str = "") -> Batch:
    return decode_body(body, content_type=content_type, encoding=encoding)


@pytest.mark.parametrize(
    ("body", "content_type", "events", "single"),
    [
        (b'{"id": "1"}', SINGLE, [{"id": "1"}], True),
        (b'{"id": "1"}', PLAIN, [{"id": "1"}], True),
        (b'[{"id": "1"}, 7]', BATCH, [{"id": "1"}, 7], False),
        (b"[1]", PLAIN, [1], False),
        (b"[1]", "Application/CloudEvents-Batch+JSON; charset=utf-8", [1], False),
        (b"[1]", SINGLE, [[1]], True),
        (b"null", SINGLE, [None], True),
    ],
)
def test_the_three_bodies(body, content_type, events, single):
    found = decoded(body, content_type)
    assert list(found.events) == events
    assert found.single is single


def test_a_body_may_be_compressed():
    assert list(decoded(gzip.compress(b'[{"a": 1}]'), BATCH, " GZIP ").events) == [{"a": 1}]


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "error", "said"),
    [
        (b"{}", "text/plain", "", UnsupportedMediaError, 'found "text/plain"'),
        (b"{}", "", "", UnsupportedMediaError, 'found ""'),
        (b"{}", PLAIN, "br", UnsupportedMediaError, "expected gzip"),
        (b"", PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"{", PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"\xff\xfe", PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"[NaN]", PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"[1e400]", PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"[" * 2000 + b"]" * 2000, PLAIN, "", MalformedBodyError, "expected JSON"),
        (b'["\\ud800"]', PLAIN, "", MalformedBodyError, "expected JSON"),
        (b"[]", BATCH, "", MalformedBodyError, "at least one event"),
        (b"{}", BATCH, "", MalformedBodyError, "an array of events"),
        (b"[" + b"1," * 10_000 + b"1]", PLAIN, "", BodyTooLargeError, "at most 10000 events"),
        (b" " * (BODY_BYTES + 1), PLAIN, "", BodyTooLargeError, "at most 10000000 bytes"),
        (b"[1]", PLAIN, "gzip", MalformedBodyError, "expected gzip"),
        (
            gzip.compress(b"[1]", mtime=0)[:-4],
            PLAIN,
            "gzip",
            MalformedBodyError,
            "one whole gzip stream",
        ),
        (
            gzip.compress(b"[1]", mtime=0) + b"x",
            PLAIN,
            "gzip",
            MalformedBodyError,
            "one whole gzip stream",
        ),
    ],
)
def test_what_is_no_body(body, content_type, encoding, error, said):
    with pytest.raises(error, match=said):
        decoded(body, content_type, encoding)


def test_a_bomb_is_stopped_while_it_grows():
    bomb = gzip.compress(b"[" + b" " * 200_000_000)
    assert len(bomb) < 300_000
    with pytest.raises(BodyTooLargeError, match="found more"):
        decoded(bomb, PLAIN, "gzip")


def test_the_largest_body_that_is_taken():
    text = json.dumps(["x" * (BODY_BYTES - 4)]).encode()
    assert len(text) == BODY_BYTES
    packed = zlib.compress(text, 1, 31)
    assert len(decoded(packed, PLAIN, "gzip").events) == 1
