"""What is read: ranges, pages, many at once, and the two indexes."""

import pytest
from botocore.exceptions import ClientError

from solde.storage.table import (
    ConditionFailedError,
    Delete,
    Key,
    Put,
    Refused,
    Update,
)

KEY = Key("A#1", "B#0#FRA")


def item(pk: str = "A#1", sk: str = "B#0#FRA", **fields):
    return {"pk": pk, "sk": sk, **fields}


def refused_by(table, *writes) -> tuple[Refused, ...]:
    with pytest.raises(ConditionFailedError) as failed:
        table.write(*writes)
    return failed.value.refused


def keys_of(rows) -> list[str]:
    return [row["sk"] for row in rows]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({}, ["B#0", "B#1", "B#2#a", "B#2#b", "I#1", "I#é", "I#\uffff"]),
        ({"first": "B#1"}, ["B#1", "B#2#a", "B#2#b", "I#1", "I#é", "I#\uffff"]),
        ({"last": "B#2#a"}, ["B#0", "B#1", "B#2#a"]),
        ({"first": "B#2#", "last": "B#2#\uffff"}, ["B#2#a", "B#2#b"]),
        ({"first": "I#", "last": "I#\uffff"}, ["I#1", "I#é", "I#\uffff"]),
        ({"first": "I#", "last": "I#\uffff", "backwards": True}, ["I#\uffff", "I#é", "I#1"]),
        ({"limit": 2}, ["B#0", "B#1"]),
        ({"limit": 1, "backwards": True, "last": "B#9"}, ["B#2#b"]),
        ({"limit": 0}, []),
        ({"first": "C"}, ["I#1", "I#é", "I#\uffff"]),
        ({"first": "C", "last": "D"}, []),
    ],
)
def test_a_range_of_a_partition_in_order(table, bounds, found) -> None:
    for sk in ("I#é", "I#1", "B#2#b", "B#0", "I#\uffff", "B#2#a", "B#1"):
        table.write(Put(item(sk=sk)))
    table.write(Put(item(pk="A#2", sk="B#0")))
    assert keys_of(table.query("A#1", **bounds)) == found


def test_a_query_reads_on_over_pages_of_a_megabyte(table) -> None:
    for number in range(6):
        table.write(Put(item(sk=f"{number}", body="x" * 300_000)))
    assert keys_of(table.query("A#1")) == ["0", "1", "2", "3", "4", "5"]
    assert keys_of(table.query("A#1", limit=5)) == ["0", "1", "2", "3", "4"]
    assert len(list(table.scan())) == 6


def test_many_items_are_read_at_once_and_missing_ones_left_out(table) -> None:
    for number in range(130):
        table.write(Put(item(sk=f"N#{number:03d}", n=number)))
    wanted = [Key("A#1", f"N#{number:03d}") for number in range(129, -5, -1)]
    found = table.get_many([*wanted, *wanted[:3]])
    assert {key: one["n"] for key, one in found.items()} == {
        Key("A#1", f"N#{number:03d}"): number for number in range(130)
    }
    assert table.get_many([]) == {}


def test_what_is_due_is_found_up_to_a_bound_and_only_while_it_says_so(table) -> None:
    for number, day in enumerate(["2013-06-02#b", "2013-06-01#a", "2013-06-03#c"]):
        table.write(Put(item(sk=f"{number}", due_pk="D#bill#FRA#1", due_sk=day, n=1)))
    table.write(Put(item(sk="other", due_pk="D#bill#FRA#2", due_sk="2013-06-01")))
    table.write(Put(item(sk="half", due_pk="D#bill#FRA#1")))
    assert list(table.due("D#bill#FRA#1", "2013-06-02#\uffff")) == [
        Key("A#1", "1"),
        Key("A#1", "0"),
    ]
    shards = [f"D#bill#FRA#{number}" for number in (3, 2, 1)]
    assert table.due_in(shards, "2013-06-02#\uffff") == [
        Key("A#1", "other"),
        Key("A#1", "1"),
        Key("A#1", "0"),
    ]
    table.write(Update(Key("A#1", "1"), remove=("due_pk", "due_sk")))
    table.prepared(Update(Key("A#1", "0"), set={"due_sk": "2013-06-09"}))()
    assert list(table.due("D#bill#FRA#1", "2013-06-03#\uffff")) == [Key("A#1", "2")]
    table.write(Delete(Key("A#1", "2")))
    assert list(table.due("D#bill#FRA#1", "2013-06-03#\uffff")) == []


def test_a_list_is_paged_newest_first_and_shows_what_the_index_holds(table) -> None:
    for number in range(5):
        row = item(sk=f"{number}", list_pk="L#cus#3", list_sk=f"2013-06-0{number}", n=number)
        table.write(Put({**row, "name": f"Name {number}", "email": "a@b"}))
    first = table.listed("L#cus#3", limit=2)
    assert first[0] == {
        "pk": "A#1",
        "sk": "4",
        "list_pk": "L#cus#3",
        "list_sk": "2013-06-04",
        "name": "Name 4",
        "email": "a@b",
    }
    assert keys_of(first) == ["4", "3"]
    assert keys_of(table.listed("L#cus#3", below="2013-06-03", limit=2)) == ["2", "1"]
    assert keys_of(table.listed("L#cus#3", below="2013-06-01")) == ["0"]
    assert table.listed("L#cus#4") == []


@pytest.mark.parametrize("name", ["due_pk", "list_sk", "sk"])
def test_keys_are_text_that_is_not_empty(exact_table, name) -> None:
    for value in (1, ""):
        with pytest.raises((ValueError, ClientError), match=name):
            exact_table.write(Put({**item(), name: value}))
    assert list(exact_table.scan()) == []


def test_a_write_that_makes_no_sense_leaves_nothing_behind(table) -> None:
    """A path through a map that is not there is a bug of the caller: it raises what it likes."""
    with pytest.raises((KeyError, ClientError), match=r"resv|path|Validation"):
        table.write(Put(item(sk="1")), Update(KEY, set={"resv.run": 1}))
    assert list(table.scan()) == []
