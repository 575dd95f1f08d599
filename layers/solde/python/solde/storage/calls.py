"""Writes as calls of the table's client, and what DynamoDB refused of them."""

from typing import Any

from botocore.exceptions import ClientError

from solde.storage.expressions import arguments_of
from solde.storage.marshal import marshal_item, unmarshal_item
from solde.storage.table import Check, Delete, Item, Key, Put, Refused, Update, Write

VERBS: dict[type, str] = {
    Put: "Put",
    Update: "Update",
    Delete: "Delete",
    Check: "ConditionCheck",
}
PASSING = frozenset(
    {
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
    }
)
"""Codes of errors, and of a transaction's reasons, that pass by themselves."""


def call_of(table: str, write: Write) -> dict[str, Any]:
    """Return the arguments of one write, alone or within a transaction."""
    call: dict[str, Any] = {"TableName": table}
    match write:
        case Put():
            call["Item"] = marshal_item(write.item)
            call |= arguments_of(write.conditions, {}, ())
        case Update():
            call["Key"] = key_of(write.key)
            call |= arguments_of(write.conditions, write.set, write.remove)
        case Delete() | Check():
            call["Key"] = key_of(write.key)
            call |= arguments_of(write.conditions, {}, ())
    if write.conditions:
        call["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return call


def key_of(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def refused_in(error: ClientError) -> list[Refused]:
    """Return the writes whose conditions did not hold; none where the error is another."""
    answer: dict[str, Any] = dict(error.response)
    if answer["Error"]["Code"] == "ConditionalCheckFailedException":
        return [Refused(0, _stored(answer))]
    return [
        Refused(index, _stored(reason))
        for index, reason in enumerate(answer.get("CancellationReasons", ()))
        if reason["Code"] == "ConditionalCheckFailed"
    ]


def passes(error: ClientError) -> bool:
    """Say whether the same call may succeed later: a conflict, too much at once, a 500."""
    answer: dict[str, Any] = dict(error.response)
    reasons = answer.get("CancellationReasons", ())
    codes = {answer["Error"]["Code"], *(reason["Code"] for reason in reasons)}
    return not codes.isdisjoint(PASSING)


def _stored(answer: dict[str, Any]) -> Item | None:
    return unmarshal_item(answer["Item"]) if answer.get("Item") else None
