"""Writes as the client's calls, and which refusals are worth another try."""

import pytest
from botocore.exceptions import ClientError

from solde.storage.calls import call_of, passes, refused_in
from solde.storage.table import Absent, Check, Delete, Equals, Key, NoItem, Put, Refused, Update

KEY = Key("A#1", "B#1")
STORED = {"pk": {"S": "A#1"}, "sk": {"S": "B#1"}}


def error(code: str, *reasons: dict) -> ClientError:
    return ClientError({"Error": {"Code": code}, "CancellationReasons": list(reasons)}, "Write")


def test_a_put_brings_its_item_and_asks_for_what_refuses_it() -> None:
    assert call_of("t", Put({"pk": "A#1", "sk": "B#1", "n": 1}, (NoItem(),))) == {
        "TableName": "t",
        "Item": STORED | {"n": {"N": "1"}},
        "ConditionExpression": "attribute_not_exists(#0)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        "ExpressionAttributeNames": {"#0": "pk"},
    }


def test_an_update_names_everything_by_placeholders() -> None:
    update = Update(KEY, set={"status": "paid"}, remove=("due",), conditions=(Equals("paid", 0),))
    assert call_of("t", update) == {
        "TableName": "t",
        "Key": STORED,
        "UpdateExpression": "SET #0 = :0 REMOVE #1",
        "ConditionExpression": "#2 = :1",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        "ExpressionAttributeNames": {"#0": "status", "#1": "due", "#2": "paid"},
        "ExpressionAttributeValues": {":0": {"S": "paid"}, ":1": {"N": "0"}},
    }


def test_a_delete_and_a_check_bring_their_key() -> None:
    assert call_of("t", Delete(KEY)) == {"TableName": "t", "Key": STORED}
    checked = call_of("t", Check(KEY, (Absent("resv"),)))
    assert checked["Key"] == STORED
    assert checked["ConditionExpression"] == "attribute_not_exists(#0)"


def test_what_was_refused_comes_with_the_item_that_refused_it() -> None:
    failed = {"Code": "ConditionalCheckFailed", "Item": STORED}
    found = refused_in(error("TransactionCanceledException", {"Code": "None"}, failed))
    assert found == [Refused(1, {"pk": "A#1", "sk": "B#1"})]
    alone = ClientError({"Error": {"Code": "ConditionalCheckFailedException"}}, "PutItem")
    assert refused_in(alone) == [Refused(0, None)]
    assert refused_in(error("ThrottlingException")) == []


@pytest.mark.parametrize(
    ("refusal", "passing"),
    [
        (error("ThrottlingException"), True),
        (error("InternalServerError"), True),
        (error("TransactionCanceledException", {"Code": "TransactionConflict"}), True),
        (error("TransactionCanceledException", {"Code": "ConditionalCheckFailed"}), False),
        (error("ValidationException"), False),
        (error("AccessDeniedException"), False),
    ],
)
def test_conflicts_and_crowds_pass_by_themselves(refusal, passing) -> None:
    assert passes(refusal) is passing
