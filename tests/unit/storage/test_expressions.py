"""Conditions and updates in the language of DynamoDB, every name a placeholder."""

import pytest

from solde.storage.expressions import Expression, arguments_of
from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Equals,
    ItemExists,
    NoItem,
    OneOf,
)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (NoItem(), "attribute_not_exists(#0)"),
        (ItemExists(), "attribute_exists(#0)"),
        (Absent("resv"), "attribute_not_exists(#0)"),
        (Equals("rev", 3), "#0 = :0"),
        (Equals("resv.run", "run_1"), "#0.#1 = :0"),
        (AtMost("last_on", "2027-01-31"), "#0 <= :0"),
        (Below("refund", 5), "(attribute_not_exists(#0) OR #0 < :0)"),
        (OneOf("status", ("a", "b")), "#0 IN (:0, :1)"),
    ],
)
def test_a_condition(condition, text) -> None:
    for _ in range(2):  # made, and kept
        assert arguments_of((condition,), {}, ())["ConditionExpression"] == text


def test_all_conditions_must_hold_and_a_name_has_one_placeholder() -> None:
    assert arguments_of((Equals("ver", 1), Equals("ver", 2)), {}, ()) == {
        "ConditionExpression": "#0 = :0 AND #0 = :1",
        "ExpressionAttributeNames": {"#0": "ver"},
        "ExpressionAttributeValues": {":0": {"N": "1"}, ":1": {"N": "2"}},
    }


def test_writes_of_one_shape_have_one_text_and_each_its_values() -> None:
    def said(status: str, *others: str) -> object:
        condition = OneOf("status", (status, *others))
        return arguments_of((Equals("ver", 1), condition), {"n": status}, ())

    assert said("open") == {
        "UpdateExpression": "SET #0 = :0",
        "ConditionExpression": "#1 = :1 AND #2 IN (:2)",
        "ExpressionAttributeNames": {"#0": "n", "#1": "ver", "#2": "status"},
        "ExpressionAttributeValues": {":0": {"S": "open"}, ":1": {"N": "1"}, ":2": {"S": "open"}},
    }
    assert said("paid")["ExpressionAttributeValues"] == {
        ":0": {"S": "paid"},
        ":1": {"N": "1"},
        ":2": {"S": "paid"},
    }
    assert said("paid", "lost")["ConditionExpression"] == "#1 = :1 AND #2 IN (:2, :3)"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("", None, ""),
        ("a", None, " AND #0 >= :0"),
        ("", "b", " AND #0 <= :0"),
        ("a", "b", " AND #0 BETWEEN :0 AND :1"),
    ],
)
def test_a_range_of_sort_keys(first, last, text) -> None:
    assert Expression().between("sk", first, last) == text


def test_an_update_sets_and_removes_and_never_adds() -> None:
    said = arguments_of((), {"n": 1, "m.x": "y"}, ("p", "q"))
    assert said["UpdateExpression"] == "SET #0 = :0, #1.#2 = :1 REMOVE #3, #4"
    assert arguments_of((), {}, ("p",)) == {
        "UpdateExpression": "REMOVE #0",
        "ExpressionAttributeNames": {"#0": "p"},
    }


def test_empty_maps_are_left_out() -> None:
    assert Expression().arguments() == {}
    assert arguments_of((), {}, ()) == {}
