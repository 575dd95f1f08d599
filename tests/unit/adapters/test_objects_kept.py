"""Objects that are kept as they are read, and read again without the store behind them."""

import pytest

from solde.adapters.objects_kept import KeptObjects
from solde.domain.errors import NotFoundError
from tests.support.model_objects import ModelObjects


def test_what_was_read_is_kept() -> None:
    store = ModelObjects()
    store.put_new("a/1", b"12345", content_type="t")
    store.put_new("a/2", b"other", content_type="t")
    kept = KeptObjects({}, store)
    assert kept.get_range("a/1", offset=1, length=3) == b"234"
    assert kept.get("none") is None
    alone = KeptObjects(kept.bodies)
    assert alone.get("a/1") == b"12345"
    assert list(alone.list_keys("a/")) == ["a/1"]
    assert alone.get("a/2") is None


def test_it_is_for_reading() -> None:
    with pytest.raises(TypeError, match="found 1 bytes for a"):
        KeptObjects({}).put_new("a", b"1", content_type="t")
    with pytest.raises(NotFoundError, match="expected a, found nothing"):
        KeptObjects({}).get_range("a", offset=0, length=1)
