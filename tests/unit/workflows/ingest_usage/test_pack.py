from solde.workflows.ingest_usage.pack import pack
from solde.workflows.ingest_usage.parcel import parcel
from solde.workflows.raw_events import read_events
from tests.support.model_objects import ModelObjects
from tests.support.usage_world import at

AT = at("2013-02-01T05:30:00")


def message(*lines: bytes) -> str:
    body = parcel(lines)
    assert body is not None
    return body


def test_many_messages_are_one_object():
    objects = ModelObjects()
    packed = pack({"1": message(b"a", b"b"), "2": message(b"c")}, at=AT, objects=objects)
    assert (packed.events, packed.malformed) == (3, ())
    (key,) = packed.keys
    assert key.startswith("raw/2013-02-01T05/")
    assert read_events(key, objects) == [b"a", b"b", b"c"]


def test_the_same_messages_again_are_the_same_object():
    objects = ModelObjects()
    first = pack({"1": message(b"a")}, at=AT, objects=objects)
    assert pack({"9": message(b"a")}, at=AT, objects=objects) == first
    assert len(objects.bodies) == 1


def test_a_message_of_somebody_else_stays_with_the_queue():
    objects = ModelObjects()
    packed = pack({"1": "rubbish", "2": message(b"a")}, at=AT, objects=objects)
    assert (packed.events, packed.malformed, len(packed.keys)) == (1, ("1",), 1)


def test_nothing_to_pack_writes_nothing():
    objects = ModelObjects()
    assert pack({"1": "rubbish"}, at=AT, objects=objects).keys == ()
    assert objects.bodies == {}


def test_objects_are_cut_before_they_grow_too_large_to_hold():
    objects = ModelObjects()
    messages = {str(n): message(b"x" * 900_000 + b"%d" % n) for n in range(20)}
    packed = pack(messages, at=AT, objects=objects)
    assert [len(read_events(key, objects)) for key in packed.keys] == [9, 9, 2]
