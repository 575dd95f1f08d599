"""Objects are read once for a whole proof."""

from solde.workflows.verify.packs import ReadOnce
from tests.support.model_objects import ModelObjects


class Counted(ModelObjects):
    reads = 0

    def get(self, key: str) -> bytes | None:
        self.reads += 1
        return super().get(key)


def test_parts_of_a_pack_cost_one_read() -> None:
    objects = Counted()
    once = ReadOnce(objects)
    assert once.put_new("pack", b"0123456789", content_type="x")
    parts = [once.get_range("pack", offset=at, length=3) for at in (0, 4, 8)]
    assert (parts, once.get("pack"), objects.reads) == ([b"012", b"456", b"89"], b"0123456789", 1)
    assert list(once.list_keys("p")) == ["pack"]


def test_what_is_missing_is_looked_for_once_and_is_nothing() -> None:
    objects = Counted()
    once = ReadOnce(objects)
    assert (once.get("none"), once.get_range("none", offset=0, length=9)) == (None, b"")
    assert objects.reads == 1
