import base64
import hashlib
import json
import zlib

import pytest

from solde.workflows.ingest_usage.parcel import MalformedParcelError, opened, parcel

LINES = [b'["a",1]', '["é\u2028￾"]'.encode()]


def test_lines_come_out_as_they_went_in_and_the_message_is_plain_ascii():
    body = parcel(LINES)
    assert body is not None
    assert body.isascii()
    assert opened(body) == LINES


def test_what_does_not_fit_a_message_is_no_parcel():
    noise = hashlib.shake_256(b"noise").hexdigest(180_000).encode()
    assert parcel([noise]) is None
    assert parcel([b"x" * 1_000_001]) is None


def message(**change) -> str:
    lines = base64.b64encode(zlib.compress(b"a\nb")).decode()
    return json.dumps({"schema": 1, "events": 2, "lines": lines} | change)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        message(schema=2),
        message(events=3),
        message(lines="no base64!"),
        message(lines="AAAA"),
        message(lines=7),
        message(lines=base64.b64encode(zlib.compress(b"a\nb")[:-3]).decode()),
        message(lines=base64.b64encode(zlib.compress(b"\n" * 2_000_000)).decode()),
    ],
)
def test_a_message_of_somebody_else_is_refused(body):
    with pytest.raises(MalformedParcelError):
        opened(body)


def test_the_message_above_is_well_formed_without_the_change():
    assert opened(message()) == [b"a", b"b"]
