"""What every table does: the model, DynamoDB as moto knows it, and the bench's stub are alike."""

from decimal import Decimal

import pytest

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
    with pytest.raises(ValueError, match=r"at most 100.*found 101"):
        table.write(*(Put(item(sk=f"{number:03d}")) for number in range(101)))


def test_nothing_to_write_is_nothing_done(table) -> None:
    table.write()
    assert list(table.scan()) == []
