"""Writes, one by one and as transactions: all are judged before any is done."""

from collections.abc import Callable, Mapping
from typing import Any

from bench.stub.answers import NotStubbedError
from bench.stub.counters import Counters
from bench.stub.dynamo.conditions import condition
from bench.stub.dynamo.errors import CancelledError, RefusedError, ValidationError
from bench.stub.dynamo.grammar import Meanings
from bench.stub.dynamo.table import StubTable, key_of
from bench.stub.dynamo.units import IN_TRANSACTION, write_units
from bench.stub.dynamo.updates import updated
from bench.stub.dynamo.values import Item, normal

Call = Mapping[str, Any]
KNOWN = frozenset(
    {
        "TableName",
        "Item",
        "Key",
        "UpdateExpression",
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ReturnValuesOnConditionCheckFailure",
    }
)
TRANSACTION_WRITES = 100


class Writes:
    def __init__(self, table: StubTable, counters: Counters) -> None:
        self._table = table
        self._counters = counters
        self._tokens: dict[str, Call] = {}

    def single(self, verb: str, operation: str, call: Call) -> None:
        """Do one write; its units are counted, those of a refused one too."""
        key, said = _key(verb, call), _said(call)
        stored = self._table.items.get(key, {})
        if not _holds(call, stored, said):
            self._counters.write_units[operation] += write_units(self._table.size_of(key))
            raise RefusedError(_shown(call, stored))
        self._count(operation, self._table.replace(key, AFTER[verb](call, stored, said)), 1)

    def transaction(self, operation: str, call: Call) -> None:
        """Do all or nothing; under a token that was done already nothing is done again."""
        token = call.get("ClientRequestToken", "")
        if self._tokens.get(token) == call:
            return
        writes = [(verb, one) for each in call["TransactItems"] for verb, one in each.items()]
        keys = [_key(verb, one) for verb, one in writes]
        if len(writes) > TRANSACTION_WRITES or len(set(keys)) != len(keys):
            raise ValidationError("Transaction request cannot include so many, or an item twice")
        self._judge(operation, writes, keys)
        after = [
            AFTER[verb](one, self._table.items.get(key, {}), _said(one))
            for (verb, one), key in zip(writes, keys, strict=True)
        ]
        for key, item in zip(keys, after, strict=True):
            self._count(operation, self._table.replace(key, item), IN_TRANSACTION)
        if token:
            self._tokens[token] = call

    def _judge(
        self, operation: str, writes: list[tuple[str, Call]], keys: list[tuple[str, str]]
    ) -> None:
        reasons: list[dict[str, object]] = []
        for (_, one), key in zip(writes, keys, strict=True):
            stored = self._table.items.get(key, {})
            if _holds(one, stored, _said(one)):
                reasons.append({"Code": "None"})
                continue
            shown = _shown(one, stored)
            reason: dict[str, object] = {"Code": "ConditionalCheckFailed", "Message": "failed"}
            reasons.append(reason | ({"Item": shown} if shown else {}))
        if any(reason["Code"] != "None" for reason in reasons):
            units = sum(write_units(self._table.size_of(key)) for key in keys)
            self._counters.write_units[operation] += units * IN_TRANSACTION
            raise CancelledError(reasons)

    def _count(self, operation: str, units: Mapping[str, int], times: int) -> None:
        """Count the table's units, doubled in a transaction, and the indexes', which are not."""
        for index, count in units.items():
            if index == "":
                self._counters.write_units[operation] += count * times
            elif count:
                self._counters.write_units[f"index.{index}"] += count


def _key(verb: str, call: Call) -> tuple[str, str]:
    if unknown := set(call) - KNOWN:
        raise NotStubbedError(f"{verb}: found {sorted(unknown)}")
    return key_of(call["Item"] if verb == "Put" else call["Key"])


def _said(call: Call) -> Meanings:
    said = Meanings(call)
    unused = said.unused(call.get("ConditionExpression"), call.get("UpdateExpression"))
    if unused:
        raise ValidationError(f"expected every name and value used, found {sorted(unused)}")
    return said


def _holds(call: Call, stored: Item, said: Meanings) -> bool:
    text = call.get("ConditionExpression")
    return text is None or condition(text)(stored, said)


def _shown(call: Call, stored: Item) -> Item:
    return stored if call.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" else {}


def _put(call: Call, _stored: Item, _said: Meanings) -> Item:
    return {name: normal(value) for name, value in call["Item"].items()}


def _update(call: Call, stored: Item, said: Meanings) -> Item:
    before = stored or dict(call["Key"])
    after = updated(before, call["UpdateExpression"], said)
    if key_of(after) != key_of(before):
        raise ValidationError("Cannot update attribute: it is part of the key")
    return after


def _delete(_call: Call, _stored: Item, _said: Meanings) -> Item:
    return {}


def _check(_call: Call, stored: Item, _said: Meanings) -> Item:
    return stored


AFTER: dict[str, Callable[[Call, Item, Meanings], Item]] = {
    "Put": _put,
    "Update": _update,
    "Delete": _delete,
    "ConditionCheck": _check,
}
