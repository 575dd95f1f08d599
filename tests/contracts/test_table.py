"""What every table does: the model, DynamoDB as moto knows it, and the bench's stub are alike."""

from decimal import Decimal

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from bench.stub.cloud import StubCloud
from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Check,
    ConditionFailedError,
    Delete,
    Equals,
    ItemExists,
    Key,
    NoItem,
    OneOf,
    Put,
    Refused,
    Update,
)
from tests.support import aws_table
from tests.support.model_table import ModelTable


@pytest.fixture(scope="module")
def moto_client():
    return aws_table.client("dynamodb")


@pytest.fixture
def moto_table(moto_client):
    with mock_aws():  # for this test alone: it would answer for the stub as well
        aws_table.create_table(moto_client)
        yield aws_table.table_over(moto_client)


@pytest.fixture
def model_table():
    return ModelTable()


@pytest.fixture(scope="module")
def stub_client():
    cloud = StubCloud()
    return cloud, cloud.session().client("dynamodb")


@pytest.fixture
def stub_table(stub_client):
    cloud, dynamodb = stub_client
    cloud.dynamo.clear()
    return aws_table.table_over(dynamodb)


@pytest.fixture(params=["model_table", "moto_table", "stub_table"])
def table(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["model_table", "stub_table"])
def exact_table(request):
    """Without moto, which keeps numbers as they were written and lets types mix."""
    return request.getfixturevalue(request.param)


KEY = Key("A#1", "B#0#FRA")


def item(pk: str = "A#1", sk: str = "B#0#FRA", **fields):
    return {"pk": pk, "sk": sk, **fields}


def refused_by(table, *writes) -> tuple[Refused, ...]:
    with pytest.raises(ConditionFailedError) as failed:
        table.write(*writes)
    return failed.value.refused


def test_what_is_put_is_read_in_the_types_of_the_trade(table) -> None:
    stored = item(
        n=7,
        minus=-3,
        zero=0,
        big=10**15,
        exact=Decimal("1.05"),
        text="é",
        empty="",
        body=b"\x00\xff",
        yes=True,
        nothing=None,
        pair=(1, "b"),
        nested={"a": [{"b": Decimal("-0.5")}], "b": {}},
    )
    table.write(Put(stored))
    read = table.get(KEY)
    assert read == item(
        n=7,
        minus=-3,
        zero=0,
        big=1_000_000_000_000_000,
        exact=Decimal("1.05"),
        text="é",
        empty="",
        body=b"\x00\xff",
        yes=True,
        nothing=None,
        pair=[1, "b"],
        nested={"a": [{"b": Decimal("-0.5")}], "b": {}},
    )
    assert [type(read[name]) for name in ("n", "exact", "body", "yes")] == [
        int,
        Decimal,
        bytes,
        bool,
    ]


def test_what_is_handed_out_and_in_is_a_copy(table) -> None:
    given = item(nested={"a": [1]})
    table.write(Put(given))
    given["nested"]["a"].append(2)
    table.get(KEY)["nested"]["a"].append(3)
    assert table.get(KEY)["nested"] == {"a": [1]}


def test_a_float_is_never_stored(table) -> None:
    with pytest.raises(TypeError):
        table.write(Put(item(n=0.1)))
    assert table.get(KEY) is None


def test_a_put_replaces_the_whole_item(table) -> None:
    table.write(Put(item(a=1, b=2)))
    table.write(Put(item(a=3)))
    assert table.get(KEY) == item(a=3)


def test_an_update_sets_and_removes_whole_attributes_and_entries_of_maps(table) -> None:
    table.write(Put(item(status="open", name="x", days={"1": 5, "2": 6})))
    table.write(
        Update(KEY, set={"status": "paid", "days.3": 7, "days.1": 4}, remove=("name", "days.2"))
    )
    assert table.get(KEY) == item(status="paid", days={"1": 4, "3": 7})


def test_an_update_makes_the_item_where_there_is_none(table) -> None:
    table.write(Update(KEY, set={"n": 1}, remove=("never", "there")))
    assert table.get(KEY) == item(n=1)


def test_a_delete_is_of_one_item_and_may_find_nothing(table) -> None:
    table.write(Put(item()), Put(item(sk="B#1")))
    table.write(Delete(KEY))
    table.write(Delete(KEY))
    assert table.get(KEY) is None
    assert table.get(Key("A#1", "B#1")) == item(sk="B#1")


@pytest.mark.parametrize(
    ("condition", "holds_on", "fails_on"),
    [
        (NoItem(), None, item()),
        (ItemExists(), item(), None),
        (Absent("resv"), item(), item(resv={"run": "r"})),
        (Absent("resv"), None, item(resv=None)),
        (Equals("rev", 3), item(rev=3), item(rev=4)),
        (Equals("rev", 3), item(rev=Decimal("3.0")), None),
        (Equals("rev", 3), item(rev=3), item(rev="3")),
        (Equals("resv.run", "r"), item(resv={"run": "r"}), item(resv={"ran": "r"})),
        (Equals("resv.run", "r"), item(resv={"run": "r"}), item(resv="r")),
        (Equals("pair", ("a", 1)), item(pair=["a", 1]), item(pair=["a", 2])),
        (AtMost("last_on", "2013-06-01"), item(last_on="2013-06-01"), item(last_on="2013-06-02")),
        (AtMost("n", 9), item(n=8), item(n=10)),
        (AtMost("n", 9), item(n=9), item()),
        (Below("refund", 500), item(refund=499), item(refund=500)),
        (Below("refund", 500), item(), item(refund=501)),
        (Below("refund", 500), None, item(refund=500)),
        (OneOf("status", ("a", "b")), item(status="b"), item(status="c")),
        (OneOf("status", ("a", "b")), item(status="a"), item()),
    ],
)
def test_a_condition_holds_or_names_what_is_stored(table, condition, holds_on, fails_on) -> None:
    mark = Update(KEY, set={"marked": 1}, conditions=(condition,))
    if holds_on is not None:
        table.write(Put(holds_on))
    table.write(mark)
    assert table.get(KEY)["marked"] == 1
    table.write(Delete(KEY) if fails_on is None else Put(fails_on))
    assert refused_by(table, mark) == (Refused(0, fails_on),)
    assert table.get(KEY) == fails_on


@pytest.mark.parametrize(
    ("condition", "stored"),
    [
        (Equals("on", 1), item(on=True)),
        (AtMost("n", 9), item(n="1")),
        (AtMost("n", "9"), item(n=1)),
        (Below("refund", 500), item(refund="4")),
        (Below("refund", 500), item(refund=None)),
        (OneOf("on", (1, "x")), item(on=True)),
    ],
)
def test_values_of_different_types_never_compare(exact_table, condition, stored) -> None:
    exact_table.write(Put(stored))
    assert refused_by(exact_table, Delete(KEY, (condition,))) == (Refused(0, stored),)


@pytest.mark.parametrize(
    ("written", "read"),
    [("2.00", 2), ("1E+2", 100), ("-0", 0), ("1.50", Decimal("1.5")), ("0.010", Decimal("0.01"))],
)
def test_a_number_is_read_as_short_as_it_can_be_said(exact_table, written, read) -> None:
    exact_table.write(Put(item(n=Decimal(written), nested=[Decimal(written)])))
    found = exact_table.get(KEY)
    assert found == item(n=read, nested=[read])
    assert (type(found["n"]), str(found["n"])) == (type(read), str(read))


def test_all_conditions_of_a_write_must_hold(table) -> None:
    table.write(Put(item(ver=1, rev=1)))
    write = Put(item(ver=2), (Equals("ver", 1), Equals("rev", 2)))
    assert refused_by(table, write) == (Refused(0, item(ver=1, rev=1)),)


@pytest.mark.parametrize("name", ["name", "status", "size", "ttl", "hash", "#0", "a-b", ":v"])
def test_every_name_may_be_used_the_reserved_ones_too(table, name) -> None:
    table.write(Put(item(**{name: 1})))
    table.write(Update(KEY, set={name: 2}, conditions=(Equals(name, 1),)))
    assert table.get(KEY) == item(**{name: 2})


def test_a_transaction_is_all_or_nothing_and_names_each_refusal(table) -> None:
    table.write(Put(item(sk="1", n=1)), Put(item(sk="3", n=3)))
    refused = refused_by(
        table,
        Put(item(sk="0", n=0), (NoItem(),)),
        Update(Key("A#1", "1"), set={"n": 9}, conditions=(Equals("n", 2),)),
        Put(item(sk="2", n=2)),
        Delete(Key("A#1", "3"), (NoItem(),)),
        Check(Key("A#1", "4"), (ItemExists(),)),
    )
    assert refused == (
        Refused(1, item(sk="1", n=1)),
        Refused(3, item(sk="3", n=3)),
        Refused(4, None),
    )
    assert list(table.query("A#1")) == [item(sk="1", n=1), item(sk="3", n=3)]


def test_a_check_alone_or_among_writes_changes_nothing(table) -> None:
    table.write(Put(item(n=1)))
    table.write(Check(KEY, (Equals("n", 1),)))
    table.write(Check(KEY, (Equals("n", 1),)), Put(item(sk="other")))
    assert table.get(KEY) == item(n=1)
    assert refused_by(table, Check(KEY, (Equals("n", 2),))) == (Refused(0, item(n=1)),)


def test_a_hundred_writes_are_one_transaction_and_more_are_refused(table) -> None:
    table.write(*(Put(item(sk=f"{number:03d}")) for number in range(100)))
    assert len(list(table.query("A#1"))) == 100
    with pytest.raises(ValueError, match="at most 100"):
        table.write(*(Put(item(sk=f"{number:03d}")) for number in range(101)))


def test_nothing_to_write_is_nothing_done(table) -> None:
    table.write()
    assert list(table.scan()) == []


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
    table.write(Update(Key("A#1", "1"), remove=("due_pk", "due_sk")))
    table.write(Update(Key("A#1", "0"), set={"due_sk": "2013-06-09"}))
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
