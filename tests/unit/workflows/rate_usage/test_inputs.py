from solde.workflows.rate_usage import inputs
from solde.workflows.rate_usage.inputs import blocks, split
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.raw_events import put_events
from tests.support.model_objects import ModelObjects
from tests.support.usage_world import at

AT = at("2013-02-01T05:00:00")


def line(digits: str, number: int) -> bytes:
    return f'["{digits}{"0" * 30}",{number}]'.encode()


def manifest(objects: ModelObjects, buckets: int, *contents: list[bytes]) -> Manifest:
    keys = tuple(put_events(lines, at=AT, objects=objects) for lines in contents)
    return Manifest(1, AT, AT, "", buckets, ("carried",), keys)


def test_one_bucket_reads_the_raw_objects_as_they_are():
    objects = ModelObjects()
    one = manifest(objects, 1, [b"a", b"b"], [b"c"])
    split(one, objects)
    assert list(blocks(one, 0, objects)) == [(1, [b"a", b"b"]), (2, [b"c"])]
    assert all(key.startswith("raw/") for key in objects.bodies)


def test_several_buckets_read_parts_sorted_by_identity():
    objects = ModelObjects()
    low, high, other = line("00", 1), line("ff", 2), line("40", 3)
    one = manifest(objects, 4, [low, high], [other, line("3f", 4)])
    split(one, objects)
    split(one, objects)  # again it writes the same
    assert list(blocks(one, 0, objects)) == [(1, [low]), (2, [line("3f", 4)])]
    assert list(blocks(one, 1, objects)) == [(2, [other])]
    assert list(blocks(one, 2, objects)) == []
    assert list(blocks(one, 3, objects)) == [(1, [high])]


def test_parts_are_written_before_they_grow(monkeypatch):
    monkeypatch.setattr(inputs, "PART_BYTES", 50)
    objects = ModelObjects()
    contents = [[line("00", number)] for number in range(5)]
    one = manifest(objects, 2, *contents)
    split(one, objects)
    parts = [key for key in objects.bodies if key.startswith("rating/split/00000001/000/")]
    assert len(parts) == 3
    assert [found for _, lines in blocks(one, 0, objects) for found in lines] == [
        lines[0] for lines in contents
    ]
