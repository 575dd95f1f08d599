"""The table in DynamoDB: a low-level client, conditions, transactions, bounded retries."""

from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import ClientError

from solde.domain.errors import StoreUnavailableError
from solde.storage.expressions import Expression
from solde.storage.marshal import marshal, marshal_item, unmarshal_item
from solde.storage.table import (
    Check,
    ConditionFailedError,
    Delete,
    Item,
    Key,
    Put,
    Refused,
    Update,
    Write,
)

Client = Any
"""A low-level boto3 client: its methods are made at run time."""

TRANSACTION_ITEMS = 100
ATTEMPTS = 6
PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
RETRIED = frozenset(
    {
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
    }
)


class DynamoTable:
    """
    The port over one table.

    `pause(n)` waits before attempt n (full jitter lives there, with its chance and clock). A
    reply lost after a conditional write shows as a refusal when the SDK repeats the call: callers
    compare what is stored with what they wanted.
    """

    def __init__(self, client: Client, name: str, *, pause: Callable[[int], None]) -> None:
        self._client = client
        self._name = name
        self._pause = pause

    def get(self, key: Key) -> Item | None:
        answer = self._client.get_item(TableName=self._name, Key=_key(key), ConsistentRead=True)
        return unmarshal_item(answer["Item"]) if "Item" in answer else None

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Item]:
        said = Expression()
        wanted = f"{said.name('pk')} = {said.value(pk)}"
        if last is not None:
            low, high = said.value(first or " "), said.value(last)
            wanted += f" AND {said.name('sk')} BETWEEN {low} AND {high}"
        elif first:
            wanted += f" AND {said.name('sk')} >= {said.value(first)}"
        call: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": wanted,
            "ConsistentRead": True,
            "ScanIndexForward": not backwards,
            **said.arguments(),
        }
        yield from self._pages(call, limit)

    def due(self, due_pk: str, until: str) -> Iterator[Key]:
        said = Expression()
        wanted = (
            f"{said.name('due_pk')} = {said.value(due_pk)} "
            f"AND {said.name('due_sk')} <= {said.value(until)}"
        )
        call = {
            "TableName": self._name,
            "IndexName": "due",
            "KeyConditionExpression": wanted,
            **said.arguments(),
        }
        for item in self._pages(call, None):
            yield Key(item["pk"], item["sk"])

    def listed(self, list_pk: str, *, below: str | None = None, limit: int = 100) -> list[Item]:
        said = Expression()
        wanted = f"{said.name('list_pk')} = {said.value(list_pk)}"
        if below is not None:
            wanted += f" AND {said.name('list_sk')} < {said.value(below)}"
        call = {
            "TableName": self._name,
            "IndexName": "list",
            "KeyConditionExpression": wanted,
            "ScanIndexForward": False,
            **said.arguments(),
        }
        return list(self._pages(call, limit))

    def write(self, *writes: Write) -> None:
        if len(writes) > TRANSACTION_ITEMS:
            raise ValueError(f"expected at most {TRANSACTION_ITEMS} writes, found {len(writes)}")
        if len(writes) == 1 and not isinstance(writes[0], Check):
            self._write_one(writes[0])
        else:
            self._transact(writes)

    def _pages(self, call: dict[str, Any], limit: int | None) -> Iterator[Item]:
        left = limit
        while left is None or left > 0:
            if left is not None:
                call["Limit"] = left
            page = self._client.query(**call)
            for item in page["Items"]:
                yield unmarshal_item(item)
            if left is not None:
                left -= len(page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            call["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _write_one(self, write: Put | Update | Delete) -> None:
        call = _call(self._name, write)
        act: dict[type, Callable[..., Any]] = {
            Put: self._client.put_item,
            Update: self._client.update_item,
            Delete: self._client.delete_item,
        }
        for attempt in range(ATTEMPTS):
            self._pause(attempt)
            try:
                act[type(write)](**call)
            except self._client.exceptions.ConditionalCheckFailedException as refused:
                raise ConditionFailedError(
                    [Refused(0, _stored(refused.response.get("Item")))]
                ) from refused
            except ClientError as error:
                if error.response["Error"]["Code"] not in RETRIED:
                    raise
            else:
                return
        raise StoreUnavailableError(f"{type(write).__name__}: {ATTEMPTS} attempts met conflicts")

    def _transact(self, writes: tuple[Write, ...]) -> None:
        items = [{_VERBS[type(write)]: _call(self._name, write)} for write in writes]
        for attempt in range(ATTEMPTS):
            self._pause(attempt)
            try:
                self._client.transact_write_items(TransactItems=items)
            except self._client.exceptions.TransactionCanceledException as cancelled:
                _raise_if_refused(cancelled)
            except ClientError as error:
                if error.response["Error"]["Code"] not in RETRIED:
                    raise
            else:
                return
        raise StoreUnavailableError(f"transaction: {ATTEMPTS} attempts met conflicts")


_VERBS: dict[type, str] = {
    Put: "Put",
    Update: "Update",
    Delete: "Delete",
    Check: "ConditionCheck",
}


def _raise_if_refused(cancelled: ClientError) -> None:
    """Raise unless every reason is one that passes by itself."""
    answer: dict[str, Any] = dict(cancelled.response)
    reasons: list[dict[str, Any]] = answer.get("CancellationReasons", [])
    refused = [
        Refused(index, _stored(reason.get("Item")))
        for index, reason in enumerate(reasons)
        if reason["Code"] == "ConditionalCheckFailed"
    ]
    if refused:
        raise ConditionFailedError(refused) from cancelled
    if not any(reason["Code"] in PASSING for reason in reasons):
        raise cancelled


def _call(table: str, write: Write) -> dict[str, Any]:
    said = Expression()
    call: dict[str, Any] = {"TableName": table}
    match write:
        case Put():
            call["Item"] = marshal_item(write.item)
        case Update():
            call["Key"] = _key(write.key)
            call["UpdateExpression"] = said.update(write)
        case Delete() | Check():
            call["Key"] = _key(write.key)
    if write.conditions:
        call["ConditionExpression"] = said.condition(write.conditions)
        call["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return call | said.arguments()


def _key(key: Key) -> dict[str, Any]:
    return {"pk": marshal(key.pk), "sk": marshal(key.sk)}


def _stored(item: dict[str, Any] | None) -> Item | None:
    return unmarshal_item(item) if item else None
