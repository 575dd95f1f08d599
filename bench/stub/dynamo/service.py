"""The operations of DynamoDB that the product calls, as requests and answers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson

from bench.stub.answers import Answer, Asked, NotStubbedError, json_answer, json_error
from bench.stub.counters import Counters
from bench.stub.dynamo.errors import CancelledError, RefusedError, ValidationError
from bench.stub.dynamo.reads import Reads
from bench.stub.dynamo.table import StubTable
from bench.stub.dynamo.values import Item
from bench.stub.dynamo.writes import Writes

Call = Mapping[str, Any]
SINGLE = {"PutItem": "Put", "UpdateItem": "Update", "DeleteItem": "Delete"}
SEVERAL = frozenset({"BatchGetItem", "BatchWriteItem", "TransactWriteItems"})
"""These may ask of several tables, and so answer a list of what was consumed."""
BATCH_WRITES = 25
BATCH_READS = 100


class DynamoStub:
    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self.clear()

    def clear(self) -> None:
        """Begin with an empty table; what was counted stays counted."""
        counters = self._counters
        self.table = StubTable()
        self._writes = Writes(self.table, counters)
        self._reads = Reads(self.table, counters)
        self._operations: dict[str, Callable[[str, Call], dict[str, Any]]] = {
            "GetItem": self._get,
            "BatchGetItem": self._get_many,
            "Query": self._reads.query,
            "Scan": self._reads.scan,
            "PutItem": self._write,
            "UpdateItem": self._write,
            "DeleteItem": self._write,
            "BatchWriteItem": self._write_many,
            "TransactWriteItems": self._transact,
        }

    def load(self, items: Iterable[Item]) -> None:
        """Let items lie in the table, as if they had been written long ago."""
        self.table.load(items)

    def answer(self, asked: Asked) -> Answer:
        act = self._operations.get(asked.operation)
        if act is None:
            raise NotStubbedError(f"DynamoDB: found {asked.operation}")
        try:
            return json_answer(self._acted(act, asked))
        except ValidationError as wrong:
            return json_error("ValidationException", str(wrong))
        except RefusedError as refused:
            shown = {"Item": refused.stored} if refused.stored else {}
            return json_error("ConditionalCheckFailedException", str(refused), **shown)
        except CancelledError as cancelled:
            reasons = cancelled.reasons
            code = "TransactionCanceledException"
            return json_error(code, str(cancelled), CancellationReasons=reasons)

    def _acted(self, act: Callable[[str, Call], dict[str, Any]], asked: Asked) -> dict[str, Any]:
        """Do what was asked, and say what it consumed where that was asked as well."""
        call = orjson.loads(asked.body)
        wanted = call.pop("ReturnConsumedCapacity", "NONE")
        before = self._units()
        answer = act(f"dynamodb.{asked.operation}", call)
        if wanted == "NONE":
            return answer
        consumed = {"TableName": call.get("TableName", ""), "CapacityUnits": self._units() - before}
        several = asked.operation in SEVERAL
        return {**answer, "ConsumedCapacity": [consumed] if several else consumed}

    def _units(self) -> float:
        return self._counters.write_unit_total + float(self._counters.read_unit_total)

    def _get(self, operation: str, call: Call) -> dict[str, Any]:
        item = self._reads.one(operation, call)
        return {"Item": item} if item else {}

    def _get_many(self, operation: str, call: Call) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        for table, wanted in call["RequestItems"].items():
            if len(wanted["Keys"]) > BATCH_READS:
                raise ValidationError("Too many items requested for the BatchGetItem call")
            consistent = wanted.get("ConsistentRead", False)
            calls = [{"Key": key, "ConsistentRead": consistent} for key in wanted["Keys"]]
            items = [self._reads.one(operation, one) for one in calls]
            found[table] = [item for item in items if item]
        return {"Responses": found, "UnprocessedKeys": {}}

    def _write(self, operation: str, call: Call) -> dict[str, Any]:
        self._writes.single(SINGLE[operation.partition(".")[2]], operation, call)
        return {}

    def _write_many(self, operation: str, call: Call) -> dict[str, Any]:
        for wanted in call["RequestItems"].values():
            if len(wanted) > BATCH_WRITES:
                raise ValidationError("Too many items requested for the BatchWriteItem call")
            for request in wanted:
                ((verb, one),) = request.items()
                self._writes.single(verb.removesuffix("Request"), operation, one)
        return {"UnprocessedItems": {}}

    def _transact(self, operation: str, call: Call) -> dict[str, Any]:
        self._writes.transaction(operation, call)
        return {}
