"""Request units by DynamoDB's rules, counted by hand beside each case."""

from decimal import Decimal

import pytest

from bench.stub.cloud import StubCloud
from solde.storage.table import ConditionFailedError, Delete, Equals, ItemExists, Key, Put, Update
from tests.support import aws_table

KEY = Key("A#1", "B#1")  # pk 2 + 3, sk 2 + 3: ten bytes


@pytest.fixture(scope="module")
def account():
    cloud = StubCloud()
    return cloud, aws_table.table_over(cloud.session().client("dynamodb"))


@pytest.fixture
def cloud(account):
    account[0].dynamo.clear()
    return account[0]


@pytest.fixture
def table(account, cloud):
    return account[1]


def item(size: int = 11, **fields):
    """Make an item of some bytes: ten of keys, one of the name `x`, the rest text."""
    return {"pk": "A#1", "sk": "B#1", "x": "-" * (size - 11), **fields}


def counted(cloud, act):
    before = cloud.counters.copy()
    act()
    return cloud.counters.since(before)


def written(cloud, table, *writes) -> dict[str, int]:
    return dict(counted(cloud, lambda: table.write(*writes)).write_units)


DUE = {"due_pk": "D#1", "due_sk": "2013-06-01"}  # 6 + 3 + 6 + 10, and ten of keys: 35 bytes


@pytest.mark.parametrize(
    ("size", "units"), [(11, 1), (1024, 1), (1025, 2), (2048, 2), (2049, 3), (100 * 1024, 100)]
)
def test_a_put_costs_a_unit_for_each_begun_kilobyte(cloud, table, size, units) -> None:
    assert written(cloud, table, Put(item(size))) == {"dynamodb.PutItem": units}


def test_a_write_costs_by_the_larger_of_before_and_after(cloud, table) -> None:
    table.write(Put(item(3000)))  # 3 units
    assert written(cloud, table, Put(item(11))) == {"dynamodb.PutItem": 3}
    assert written(cloud, table, Put(item(11))) == {"dynamodb.PutItem": 1}
    grown = Update(KEY, set={"y": "-" * 2000})  # 11 + 1 + 2000 bytes
    assert written(cloud, table, grown) == {"dynamodb.UpdateItem": 2}
    assert written(cloud, table, Delete(KEY)) == {"dynamodb.DeleteItem": 2}
    assert written(cloud, table, Delete(KEY)) == {"dynamodb.DeleteItem": 1}


def test_a_transaction_doubles_the_table_but_not_its_indexes(cloud, table) -> None:
    found = written(
        cloud,
        table,
        Put(item(1500, **DUE)),  # 2 × 2, and 1 of the index
        Put({"pk": "A#1", "sk": "B#2"}),  # 2 × 1
        Update(Key("A#1", "B#3"), set={"n": 1}),  # 2 × 1
    )
    assert found == {"dynamodb.TransactWriteItems": 8, "index.due": 1}


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        ({}, DUE, 1),  # it enters the index
        (DUE, {}, 1),  # it leaves the index
        (DUE, {**DUE, "due_sk": "2013-07-01"}, 2),  # the key moves: delete and put
        (DUE, {**DUE, "status": "paid"}, 0),  # the index holds keys only
        (DUE, DUE, 0),
        ({}, {"due_pk": "D#1"}, 0),  # half a key is none
    ],
)
def test_the_due_index_costs_only_where_it_changes(cloud, table, before, after, units) -> None:
    table.write(Put(item(**before)))
    assert written(cloud, table, Put(item(**after))).get("index.due", 0) == units


def test_the_list_index_costs_where_something_changes_that_it_shows(cloud, table) -> None:
    listed = {"list_pk": "L#1", "list_sk": "1", "status": "open"}
    assert written(cloud, table, Put(item(**listed)))["index.list"] == 1
    paid = written(cloud, table, Update(KEY, set={"status": "paid"}))
    assert paid == {"dynamodb.UpdateItem": 1, "index.list": 1}
    hidden = written(cloud, table, Update(KEY, set={"sha": "abc"}))
    assert hidden == {"dynamodb.UpdateItem": 1}
    long = written(cloud, table, Update(KEY, set={"name": "-" * 1100}))
    assert long == {"dynamodb.UpdateItem": 2, "index.list": 2}


def test_a_refused_write_costs_by_what_is_stored(cloud, table) -> None:
    table.write(Put(item(3000)))

    def refused(*writes):
        with pytest.raises(ConditionFailedError):
            table.write(*writes)

    alone = counted(cloud, lambda: refused(Delete(KEY, (Equals("x", "y"),))))
    assert alone.write_units == {"dynamodb.DeleteItem": 3}
    missing = Delete(Key("A#1", "none"), (ItemExists(),))
    together = counted(cloud, lambda: refused(Delete(KEY), missing))
    assert together.write_units == {"dynamodb.TransactWriteItems": 8}  # 2 × (3 + 1)


@pytest.mark.parametrize(("size", "units"), [(11, "1"), (4096, "1"), (4097, "2"), (9000, "3")])
def test_a_consistent_read_costs_a_unit_for_each_begun_four_kilobytes(
    cloud, table, size, units
) -> None:
    table.write(Put(item(size)))
    assert counted(cloud, lambda: table.get(KEY)).read_unit_total == Decimal(units)


def test_a_query_is_rounded_over_the_page_and_an_index_costs_half(cloud, table) -> None:
    for number in range(10):
        row = {"pk": "A#1", "sk": f"B#{number}", "x": "-" * 989, **DUE}  # 10 + 990 + 25 = 1,025
        table.write(Put(row))
    page = counted(cloud, lambda: list(table.query("A#1")))
    assert page.half_read_units == {"dynamodb.Query": 6}  # 10,250 bytes: 3 units
    due = counted(cloud, lambda: list(table.due("D#1", "2014")))
    assert due.half_read_units == {"dynamodb.Query": 1}  # 350 bytes of keys: half a unit
    nothing = counted(cloud, lambda: list(table.query("A#2")))
    assert nothing.half_read_units == {"dynamodb.Query": 2}


def test_many_items_in_one_read_are_rounded_one_by_one(cloud, table) -> None:
    keys = [Key("A#1", f"B#{number}") for number in range(3)]
    for key in keys[:2]:
        table.write(Put({"pk": key.pk, "sk": key.sk}))
    read = counted(cloud, lambda: table.get_many(keys))
    assert read.read_unit_total == Decimal(3)
    assert read.calls == {"dynamodb.BatchGetItem": 1}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("é", 2),
        ("", 0),
        (7, 2),  # one byte for up to two digits, and one more
        (1234, 3),
        (12345, 4),
        (-12, 3),  # a sign costs one
        (1000, 2),  # zeros at the end cost nothing
        (Decimal("0.05"), 2),
        (0, 1),
        (True, 1),
        (None, 1),
        (b"1234", 4),
        ([], 3),
        (["a", "b"], 3 + 2 + 2),
        ({"ab": "c"}, 3 + 1 + 3),
        ({"a": {"b": 1}}, 3 + 1 + 1 + 3 + 1 + 1 + 2),
    ],
)
def test_an_attribute_is_as_big_as_dynamodb_says(cloud, table, value, size) -> None:
    table.write(Put({"pk": "A#1", "sk": "B#1", "v": value}))
    assert cloud.dynamo.table.size_of(KEY) == 10 + 1 + size
