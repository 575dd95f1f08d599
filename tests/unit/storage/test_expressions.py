"""Conditions and updates in the language of DynamoDB, every name a placeholder."""

import pytest

from solde.storage.expressions import Expression
from solde.storage.table import (
    Absent,
    AtMost,
    Below,
    Equals,
    ItemExists,
    Key,
    NoItem,
    OneOf,
    Update,
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
    assert Expression().condition((condition,)) == text


def test_all_conditions_must_hold_and_a_name_has_one_placeholder() -> None:
    said = Expression()
    assert said.condition((Equals("ver", 1), Equals("ver", 2))) == "#0 = :0 AND #0 = :1"
    assert said.arguments() == {
        "ExpressionAttributeNames": {"#0": "ver"},
        "ExpressionAttributeValues": {":0": {"N": "1"}, ":1": {"N": "2"}},
    }


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
    said = Expression()
    update = Update(Key("a", "b"), set={"n": 1, "m.x": "y"}, remove=("p", "q"))
    assert said.update(update) == "SET #0 = :0, #1.#2 = :1 REMOVE #3, #4"
    assert Expression().update(Update(Key("a", "b"), remove=("p",))) == "REMOVE #0"


def test_empty_maps_are_left_out() -> None:
    assert Expression().arguments() == {}
