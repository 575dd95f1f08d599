"""What is read of a table is remembered, and can be read again from bytes alone."""

from decimal import Decimal

import pytest

from solde.storage.recorded import RecordingTable, items_of
from solde.storage.snapshot import Snapshot
from solde.storage.table import Key, Put
from tests.support.model_table import ModelTable

ITEMS = [
    {"pk": "A", "sk": "1", "text": "é", "whole": 7, "flag": True, "none": None},
    {"pk": "A", "sk": "2", "exact": Decimal("0.10"), "rows": [{"n": [Decimal("1.5")]}]},
    {"pk": "A", "sk": "3", "many": 2**70},
    {"pk": "B", "sk": "1", "decimal!": "a name of an attribute", "other": 1},
    {"pk": "C", "sk": "1"},
]


@pytest.fixture
def table() -> RecordingTable:
    model = ModelTable()
    for item in ITEMS:
        model.write(Put(item))
    return RecordingTable(model)


def test_what_was_read_can_be_read_again_the_rest_cannot(table) -> None:
    assert table.get(Key("B", "1")) == ITEMS[3]
    assert table.get(Key("B", "none")) is None
    assert table.get_many([Key("A", "1"), Key("A", "none")]) == {Key("A", "1"): ITEMS[0]}
    assert list(table.query("A", first="2", last="3")) == ITEMS[1:3]
    again = Snapshot(items_of(table.taken()))
    assert again.get(Key("B", "1")) == ITEMS[3]
    assert list(again.query("A")) == ITEMS[:3]
    assert again.get(Key("C", "1")) is None


def test_an_item_counts_as_it_was_read_last(table) -> None:
    table.get(Key("C", "1"))
    table.write(Put({"pk": "C", "sk": "1", "now": 2}))
    table.get(Key("C", "1"))
    assert items_of(table.taken()) == [{"pk": "C", "sk": "1", "now": 2}]


def test_what_was_read_before_the_beginning_is_forgotten(table) -> None:
    table.get(Key("C", "1"))
    table.begin()
    assert table.taken() == b"[]"


def test_what_has_no_form_is_refused() -> None:
    model = ModelTable()
    model.write(Put({"pk": "A", "sk": "1", "of": {1, 2}}))
    table = RecordingTable(model)
    table.get(Key("A", "1"))
    with pytest.raises(TypeError, match="found set"):
        table.taken()
