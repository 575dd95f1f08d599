"""A snapshot answers as the table did when it was read, and takes no writes."""

from decimal import Decimal

import pytest

from solde.storage.snapshot import Snapshot
from solde.storage.table import Key, Put
from tests.support.model_table import ModelTable

ITEMS = (
    {"pk": "A#1", "sk": "I#3", "due_pk": "D#dun#fr#0", "due_sk": "2013-02-15#3"},
    {"pk": "A#1", "sk": "B#1", "list_pk": "L#cus#0", "list_sk": "a"},
    {"pk": "A#1", "sk": "I#1", "due_pk": "D#dun#fr#0", "due_sk": "2013-01-31#1"},
    {"pk": "A#2", "sk": "B#1", "list_pk": "L#cus#0", "list_sk": "b"},
    {"pk": "A#1", "sk": "I#2", "due_pk": "D#dun#fr#0", "due_sk": "2013-02-01#2"},
)


@pytest.fixture
def table() -> ModelTable:
    found = ModelTable()
    found.write(*(Put(dict(item)) for item in ITEMS))
    return found


@pytest.fixture
def snapshot(table) -> Snapshot:
    return Snapshot(table.scan())


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: list(one.query("A#1")),
        lambda one: list(one.query("A#1", first="I#", last="I#2")),
        lambda one: list(one.query("A#1", first="I#", backwards=True, limit=2)),
        lambda one: list(one.query("A#9")),
        lambda one: one.get(Key("A#2", "B#1")),
        lambda one: one.get(Key("A#2", "B#2")),
        lambda one: one.get_many([Key("A#2", "B#1"), Key("A#2", "B#2")]),
        lambda one: list(one.due("D#dun#fr#0", "2013-02-01#~")),
        lambda one: list(one.due("D#dun#fr#1", "2013-02-01#~")),
        lambda one: one.listed("L#cus#0"),
        lambda one: one.listed("L#cus#0", below="b"),
        lambda one: one.listed("L#cus#0", limit=1),
    ],
)
def test_it_answers_as_the_table_does(ask, table, snapshot) -> None:
    assert ask(snapshot) == ask(table)


def test_a_range_is_in_order_of_the_sort_key(snapshot) -> None:
    assert [one["sk"] for one in snapshot.query("A#1")] == ["B#1", "I#1", "I#2", "I#3"]


def test_what_is_written_later_is_not_in_it(table, snapshot) -> None:
    table.write(Put({"pk": "A#3", "sk": "B#1"}))
    assert snapshot.get(Key("A#3", "B#1")) is None
    assert len(list(snapshot.scan())) == 5


def test_it_takes_no_writes(snapshot) -> None:
    with pytest.raises(TypeError, match="takes no writes, found 1"):
        snapshot.write(Put({"pk": "A#3", "sk": "B#1"}))
    with pytest.raises(TypeError, match="takes no writes, found 1"):
        snapshot.prepared(Put({"pk": "A#3", "sk": "B#1"}))


def digest(*items) -> str:
    return Snapshot(ITEMS + items).digest()


def test_its_digest_is_of_the_items_in_any_order_and_of_every_value() -> None:
    assert Snapshot(ITEMS[::-1]).digest() == digest()
    turned = {name: ITEMS[0][name] for name in reversed(ITEMS[0])}
    assert Snapshot((turned, *ITEMS[1:])).digest() == digest()
    values = (1, 2, 2**70, Decimal("1.5"), "1.5", "1", b"1", None, True, [1], {"a": {"b": 1}})
    seen = {digest({"pk": "A#3", "sk": "B#1", "n": value}) for value in values}
    assert len(seen | {digest()}) == 12  # eleven values, and none


def test_its_digest_is_not_of_what_moves_every_night() -> None:
    moving = ({"pk": "CLOCK#0", "sk": "0", "now": "b"}, {"pk": "RATED#fr", "sk": "1", "at": "b"})
    assert digest(*moving) == digest()
    rated = {"pk": "RATED#0", "sk": "0", "gen": 7}
    assert digest(rated) != digest() != digest({**rated, "gen": 8}) != digest(rated)
