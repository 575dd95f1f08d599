import zlib

import pytest

from solde.workflows.raw_events import (
    AT_US,
    IDENTITY,
    RawObjectError,
    compressed,
    events_in,
    hour_of,
    put_events,
    read_events,
    read_line,
)
from tests.support.model_objects import ModelObjects
from tests.support.usage_world import UsageWorld, at, flight

AT = at("2013-02-01T05:59:59")


def test_an_object_lies_below_its_hour_and_says_how_many_it_holds():
    objects = ModelObjects()
    key = put_events([b"a", b"b"], at=AT, objects=objects)
    assert hour_of(key) == "2013-02-01T05"
    assert events_in(key) == 2
    assert read_events(key, objects) == [b"a", b"b"]


def test_a_key_without_a_count_is_none_of_ours():
    with pytest.raises(RawObjectError, match="ends in its count"):
        events_in("raw/2013-02-01T05/notes.txt")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "found nothing"),
        (b"no gzip", "incorrect header check"),
        (compressed(b'{"schema":1,"events":1}\na')[:-9], "incomplete or truncated"),
        (compressed(b'{"schema":2,"events":1}\na'), "expected schema 1"),
        (compressed(b'{"schema":1,"events":2}\na'), "1 events"),
        (compressed(b"a\nb"), "unexpected character"),
    ],
)
def test_a_damaged_object_is_named(body, said):
    objects = ModelObjects()
    if body is not None:
        objects.bodies["raw/x-1.ndjson.gz"] = body
    with pytest.raises(RawObjectError, match=said):
        read_events("raw/x-1.ndjson.gz", objects)


def test_the_first_columns_of_a_line_stand_at_fixed_places():
    world = UsageWorld()
    world.send(flight(1, "2013-01-05T12:00:00"))
    (key,) = world.objects.bodies
    (line,) = read_events(key, world.objects)
    event = read_line(line)
    assert line[IDENTITY].decode() == event.identity
    assert int(line[AT_US : line.index(b",", AT_US)]) == event.at_us


def test_compression_knows_no_clock():
    assert compressed(b"abc")[4:8] == b"\0\0\0\0"
    assert zlib.decompress(compressed(b"abc"), 31) == b"abc"
